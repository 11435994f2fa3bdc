package dev.orrery.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.wire.Json;
import dev.orrery.world.InputWindow.Outcome;
import dev.orrery.world.InputWindow.Taken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class InputWindowTest {
    private final InputKind kind = new WalkGame().plan().playerInput();
    private static final int SILENCE_TICKS = InputWindow.silenceTicks(100);

    private final InputWindow window = new InputWindow(kind, 100);

    @Test
    void shouldHoldStampedInputUntilItsTick() {
        assertThat(window.offer(1, 103, InputWindow.NO_VIEW, row(5))).isEqualTo(Outcome.ACCEPTED);
        assertThat(window.take(101, SILENCE_TICKS)).isEqualTo(Taken.UNCHANGED);
        assertThat(window.take(102, SILENCE_TICKS)).isEqualTo(Taken.UNCHANGED);
        assertThat(window.take(103, SILENCE_TICKS)).isEqualTo(Taken.NEW);
        assertThat(window.row()).containsExactly(5);
        assertThat(window.takenSeq()).isEqualTo(1);
        assertThat(window.takenLate()).isZero();
    }

    @Test
    void shouldTakeSixteenTicksAheadAndRefuseMore() {
        assertThat(window.offer(1, 116, InputWindow.NO_VIEW, row(1))).isEqualTo(Outcome.ACCEPTED);
        assertThat(window.offer(2, 117, InputWindow.NO_VIEW, row(2))).isEqualTo(Outcome.EARLY);
        for (long tick = 101; tick < 116; tick++) {
            assertThat(window.take(tick, SILENCE_TICKS)).isNotEqualTo(Taken.NEW);
        }
        assertThat(window.take(116, SILENCE_TICKS)).isEqualTo(Taken.NEW);
    }

    @Test
    void shouldLetLateInputActInNextTickAndSayHowLate() {
        assertThat(window.offer(1, 98, InputWindow.NO_VIEW, row(3))).isEqualTo(Outcome.LATE);
        assertThat(window.take(101, SILENCE_TICKS)).isEqualTo(Taken.NEW);
        assertThat(window.row()).containsExactly(3);
        assertThat(window.takenLate()).isEqualTo(3);
    }

    @Test
    void shouldSayOfALateInputWhatTheLateOnesItReplacedHadMissed() {
        assertThat(window.offer(1, 98, InputWindow.NO_VIEW, row(3))).isEqualTo(Outcome.LATE);
        assertThat(window.offer(2, 100, InputWindow.NO_VIEW, row(4))).isEqualTo(Outcome.LATE);
        assertThat(window.offer(3, 101, InputWindow.NO_VIEW, row(5))).isEqualTo(Outcome.ACCEPTED);
        window.take(101, SILENCE_TICKS);
        assertThat(window.row()).containsExactly(5);
        assertThat(window.takenLate()).isEqualTo(3);
        window.offer(4, 117, InputWindow.NO_VIEW, row(6));
        for (long tick = 102; tick <= 117; tick++) {
            window.take(tick, SILENCE_TICKS);
        }
        assertThat(window.takenLate()).isZero();
    }

    @Test
    void shouldRefuseSameAndOlderInputs() {
        assertThat(window.offer(5, InputWindow.NEXT_TICK, InputWindow.NO_VIEW, row(1)))
                .isEqualTo(Outcome.ACCEPTED);
        assertThat(window.offer(5, InputWindow.NEXT_TICK, InputWindow.NO_VIEW, row(2)))
                .isEqualTo(Outcome.STALE);
        assertThat(window.offer(4, 105, InputWindow.NO_VIEW, row(2))).isEqualTo(Outcome.STALE);
        window.take(101, SILENCE_TICKS);
        assertThat(window.row()).containsExactly(1);
    }

    @Test
    void shouldPreferNewerInputOverOlderOneStampedLater() {
        window.offer(1, 105, InputWindow.NO_VIEW, row(1));
        window.offer(2, 103, InputWindow.NO_VIEW, row(2));
        for (long tick = 101; tick <= 106; tick++) {
            window.take(tick, SILENCE_TICKS);
        }
        assertThat(window.row()).containsExactly(2);
    }

    @Test
    void shouldNotLoseInputThatCameBeforeSeveralTicksPassed() {
        window.offer(1, InputWindow.NEXT_TICK, InputWindow.NO_VIEW, row(7));
        assertThat(window.take(104, SILENCE_TICKS)).isEqualTo(Taken.NEW);
        assertThat(window.row()).containsExactly(7);
    }

    @Test
    void shouldTurnNeutralAfterFiveSilentTicksAndBackWithNews() {
        window.offer(1, InputWindow.NEXT_TICK, InputWindow.NO_VIEW, row(9));
        assertThat(window.take(101, SILENCE_TICKS)).isEqualTo(Taken.NEW);
        for (long tick = 102; tick <= 105; tick++) {
            assertThat(window.take(tick, SILENCE_TICKS)).isEqualTo(Taken.UNCHANGED);
        }
        assertThat(window.take(106, SILENCE_TICKS)).isEqualTo(Taken.NEUTRAL);
        assertThat(window.row()).containsExactly(0);
        assertThat(window.take(107, SILENCE_TICKS)).isEqualTo(Taken.UNCHANGED);
        window.offer(2, InputWindow.NEXT_TICK, InputWindow.NO_VIEW, row(9));
        assertThat(window.take(108, SILENCE_TICKS)).isEqualTo(Taken.NEW);
        assertThat(window.row()).containsExactly(9);
    }

    @Test
    void shouldWaitHalfASecondForNewsWhenTicksAreShort() {
        InputWindow fast = new InputWindow(kind, 0);
        fast.offer(1, InputWindow.NEXT_TICK, InputWindow.NO_VIEW, row(9));
        fast.take(1, InputWindow.silenceTicks(20));
        for (long tick = 2; tick < 26; tick++) {
            assertThat(fast.take(tick, InputWindow.silenceTicks(20))).isEqualTo(Taken.UNCHANGED);
        }
        assertThat(fast.take(26, InputWindow.silenceTicks(20))).isEqualTo(Taken.NEUTRAL);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"dx":0.5}    | true  | 8
            {"dx":7}      | true  | 16
            {"dx":-1e300} | true  | -16
            {}            | true  | 0
            {"dx":null}   | true  | 0
            {"dx":"1"}    | false | 0
            {"dx":[1]}    | false | 0
            7             | true  | 0
            """)
    void shouldReadInputFromAnyJson(String json, boolean usable, int quanta) throws Exception {
        int[] row = new int[1];
        assertThat(kind.read(Json.parse(json), row)).isEqualTo(usable);
        if (usable) {
            assertThat(row).containsExactly(quanta);
        }
    }

    private static int[] row(int value) {
        return new int[] {value};
    }
}
