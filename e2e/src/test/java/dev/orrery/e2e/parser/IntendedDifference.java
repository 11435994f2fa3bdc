package dev.orrery.e2e.parser;

import dev.orrery.wire.Json;
import dev.orrery.wire.WireException.Reason;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where the server is stricter than the official parser, and why. In all of these it refuses what the official parser takes; there is
 * nothing that it takes and the official parser does not.
 */
enum IntendedDifference {
    SPACE_AS_TYPE(
            "the official parser takes the empty text, and white space, for the digit 0 of a CONNECT, because Number(\"\") is 0;"
                    + " no client sends it, and an empty message is more likely a mistake than a CONNECT",
            Set.of(Reason.EMPTY_PACKET, Reason.UNKNOWN_TYPE),
            "([\\s\\uFEFF].*)?"),
    SPACE_AS_ID(
            "for the same reason white space before the JSON is an acknowledgement id to the official parser, or part of one: the answer"
                    + " would go to an id that nobody gave",
            Set.of(Reason.BAD_ID, Reason.BAD_JSON),
            "[0-6](\\d+-)?(/[^,]*,)?\\d*[\\s\\uFEFF].*"),
    ODD_COUNT(
            "the official parser takes any spelling of a number for the count of attachments, such as 1e0 or ten zeros and a 1;"
                    + " encoders write digits, and few",
            Set.of(Reason.BAD_ATTACHMENTS, Reason.TOO_MANY_ATTACHMENTS),
            "[56]((?!\\d+-)[^-]*|0\\d{9,})-.*"),
    LONG_ID(
            "an id of more than 15 digits is no longer exact in JavaScript: the acknowledgement would miss its callback",
            Set.of(Reason.BAD_ID),
            "[0-6](\\d+-)?(/[^,]*,)?\\d{16}.*"),
    ACK_WITHOUT_ID(
            "an acknowledgement without an id acknowledges nothing",
            Set.of(Reason.BAD_ID),
            "(3|6\\d+-)(/[^,]*,)?\\[.*"),
    TEXT_AS_REFUSAL(
            "the data of a CONNECT_ERROR may be text in the old protocol; it is the server's packet, so no client sends either",
            Set.of(Reason.BAD_JSON),
            "4(/[^,]*,)?\\d*\\s*\".*"),
    NAMESPACE(
            "names are limited to 128 characters and have no control characters: they stand in logs and as keys of maps",
            Set.of(Reason.BAD_NAMESPACE),
            "[0-6](\\d+-)?/([^,]{128}|[^,]*\\p{Cntrl}).*"),
    DEPTH(
            "JSON deeper than 32 is refused: values are read by recursion, and no game nests so deep",
            Set.of(Reason.TOO_DEEP),
            ".*[\\[{].*"),
    LONG_NUMBER(
            "a number of more than 64 characters is refused: reading long ones takes time that grows with the square of their length",
            Set.of(Reason.BAD_JSON),
            ".*[-+.eE\\d]{65}.*"),
    HALF_CHARACTER_IN_NAME(
            "Jackson refuses the escape of half a surrogate pair in the name of a member (in a value it takes it): no text has it",
            Set.of(Reason.BAD_JSON),
            ".*\"[^\"]*\\\\u[dD][89a-fA-F].*\"\\s*:.*"),
    BINARY_WITHOUT_DATA(
            "an event without JSON is refused at once, by the official side only when its attachments have come",
            Set.of(Reason.BAD_EVENT),
            "[56]\\d+-(/[^,]*,?)?\\d*"),
    ATTACHMENT_TWICE(
            "each attachment stands in one place: a small packet could otherwise become a huge one when it is sent on",
            Set.of(Reason.BAD_ATTACHMENTS),
            "[56].*_placeholder.*_placeholder.*"),
    ATTACHMENT_IN_FRACTIONS(
            "the official parser takes attachment 0.5, and puts undefined in its place",
            Set.of(Reason.BAD_ATTACHMENTS),
            "[56].*_placeholder.*[.eE].*"),
    ;

    private final String why;
    private final Set<Reason> reasons;
    private final Predicate<String> text;

    IntendedDifference(String why, Set<Reason> reasons, String text) {
        this.why = why;
        this.reasons = reasons;
        this.text = Pattern.compile(text, Pattern.DOTALL | Pattern.UNICODE_CHARACTER_CLASS)
                .asMatchPredicate();
    }

    String why() {
        return why;
    }

    /** The one that explains why the server refused a message that the official parser took. */
    static Optional<IntendedDifference> of(List<Json> messages, Outcome server, Outcome official) {
        if (!server.isStricterThan(official)) {
            return Optional.empty();
        }
        // What is wrong with an attachment stands in the text before it.
        String refused = messages.subList(0, server.taken() + 1).reversed().stream()
                .filter(Json.Str.class::isInstance)
                .findFirst()
                .orElseThrow()
                .text("");
        return Stream.of(values())
                .filter(difference -> difference.reasons.contains(server.reason()) && difference.text.test(refused))
                .findFirst();
    }
}
