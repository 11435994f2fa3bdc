package dev.orrery.transport;

import dev.orrery.wire.WireException.Reason;
import java.util.List;
import java.util.stream.Stream;

/**
 * Packets that no correct client sends, by what is wrong with them; the last of each is the wrong one.
 *
 * @param packets text, or binary written as {@code b<base64>} as polling does
 */
record Malformed(Reason reason, List<String> packets) {
    private static final String PLACEHOLDER = "{\"_placeholder\":true,\"num\":0}";
    private static final String LARGE = "b" + "A".repeat(60_000);
    private static final String DEEP = "[".repeat(40) + "]".repeat(40);

    /** One that only polling can carry: a WebSocket has no Base64. */
    static final Malformed BASE64 = new Malformed(Reason.BAD_BASE64, List.of("b***"));

    static Stream<Malformed> all() {
        return Stream.of(
                of(Reason.EMPTY_PACKET, "4"),
                of(Reason.UNKNOWN_TYPE, "9"),
                of(Reason.UNKNOWN_TYPE, "x"),
                of(Reason.UNKNOWN_TYPE, "4abc"),
                of(Reason.UNKNOWN_TYPE, "47[\"say\"]"),
                of(Reason.BAD_NAMESPACE, "40/" + "n".repeat(128) + ","),
                of(Reason.BAD_NAMESPACE, "40/a\u0000b,"),
                of(Reason.BAD_NAMESPACE, "42/target\n,[\"say\"]"),
                of(Reason.BAD_ID, "42/target,9999999999999999[\"say\"]"),
                of(Reason.BAD_ID, "43/target,[]"),
                of(Reason.BAD_ID, "43/target," + "9".repeat(10_000) + "[]"),
                of(Reason.BAD_JSON, "42/target,["),
                of(Reason.BAD_JSON, "42/target,[\"say\"]]"),
                of(Reason.BAD_JSON, "42/target,-1[\"say\"]"),
                of(Reason.BAD_JSON, "42/target,[\"say\"," + "1".repeat(1_000) + "]"),
                of(Reason.BAD_JSON, "42/target,[\"say\",NaN]"),
                of(Reason.BAD_JSON, "42/target,[\"say\",\"\\ud8\"]"),
                of(Reason.BAD_JSON, "41/target,{}"),
                of(Reason.BAD_JSON, "40/other,[]"),
                of(Reason.BAD_JSON, "40/other,\"token\""),
                of(Reason.TOO_DEEP, "42/target,[\"say\"," + DEEP + "]"),
                of(Reason.TOO_DEEP, "40/other,{\"a\":" + DEEP + "}"),
                of(Reason.BAD_EVENT, "42/target,{}"),
                of(Reason.BAD_EVENT, "42/target,"),
                of(Reason.BAD_EVENT, "42/target,[]"),
                of(Reason.BAD_EVENT, "42/target,null"),
                of(Reason.BAD_EVENT, "42/target,[{\"toString\":\"say\"}]"),
                of(Reason.BAD_EVENT, "42/target,[null]"),
                of(Reason.BAD_EVENT, "43/target,1{}"),
                of(Reason.RESERVED_EVENT, "42/target,[\"connect\"]"),
                of(Reason.RESERVED_EVENT, "42/target,[\"disconnecting\",\"x\"]"),
                of(Reason.RESERVED_EVENT, "42/target,[\"\\u0064isconnect\"]"),
                of(Reason.BAD_ATTACHMENTS, "45-/target,[\"say\"]"),
                of(Reason.BAD_ATTACHMENTS, "451/target,[\"say\"]"),
                of(Reason.BAD_ATTACHMENTS, "45"),
                of(Reason.BAD_ATTACHMENTS, "451-/target,[\"say\",{\"_placeholder\":true,\"num\":1}]", "bAAAA"),
                of(Reason.BAD_ATTACHMENTS, "451-/target,[\"say\",{\"_placeholder\":true,\"num\":-1}]", "bAAAA"),
                of(Reason.BAD_ATTACHMENTS, "451-/target,[\"say\",{\"_placeholder\":true,\"num\":0.5}]", "bAAAA"),
                of(Reason.BAD_ATTACHMENTS, "451-/target,[\"say\",{\"_placeholder\":true,\"num\":\"0\"}]", "bAAAA"),
                of(Reason.BAD_ATTACHMENTS, "451-/target,[\"say\",{\"_placeholder\":true}]", "bAAAA"),
                of(Reason.BAD_ATTACHMENTS, "451-/target,[\"say\"," + PLACEHOLDER + "," + PLACEHOLDER + "]", "bAAAA"),
                of(Reason.TOO_MANY_ATTACHMENTS, "4511-/target,[\"say\"]"),
                of(Reason.UNEXPECTED_TEXT, "451-/target,[\"say\"," + PLACEHOLDER + "]", "42/target,[\"say\"]"),
                of(Reason.UNEXPECTED_BINARY, "bAAAA"),
                of(Reason.BAD_ATTACHMENTS, "450-/target,[\"say\"]"),
                of(Reason.UNEXPECTED_PACKET, "2"),
                of(Reason.UNEXPECTED_PACKET, "0{}"),
                of(Reason.UNEXPECTED_PACKET, "5"),
                of(Reason.UNEXPECTED_PACKET, "6"),
                of(Reason.UNEXPECTED_PACKET, "40/target,"),
                of(Reason.UNEXPECTED_PACKET, "44/target,{}"),
                of(Reason.UNEXPECTED_PACKET, "42/other,[\"say\"]"),
                of(Reason.UNEXPECTED_PACKET, "43/other,1[]"),
                of(Reason.TOO_LARGE, "459-/target,[\"say\"]", LARGE, LARGE, LARGE, LARGE, LARGE, LARGE));
    }

    static Stream<Malformed> allOverPolling() {
        return Stream.concat(all(), Stream.of(BASE64));
    }

    private static Malformed of(Reason reason, String... packets) {
        return new Malformed(reason, List.of(packets));
    }

    @Override
    public String toString() {
        String last = packets.getLast();
        return reason + " " + (last.length() > 40 ? last.substring(0, 40) : last);
    }
}
