package dev.orrery.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class TaskQueueTest {
    private static final Workers.Job NOTHING = new Workers.Job() {
        @Override
        public long run(long dueNanos) {
            return REST;
        }

        @Override
        public long periodNanos() {
            return 1;
        }

        @Override
        public void hung(Hang hang) {}
    };

    /** Also where times of nanoTime run over. */
    @Test
    void shouldKnowTheFirstAndTheSecondWhateverComesAndGoes() {
        Random random = new Random(3);
        long now = Long.MAX_VALUE - 500;
        TaskQueue queue = new TaskQueue();
        List<Task> expected = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            int target = 40 + (int) (38 * Math.sin(i / 300.0));
            if (random.nextInt(80) < target || expected.isEmpty()) {
                Task task = new Task(NOTHING);
                task.readyNanos = now + random.nextInt(1_000);
                queue.add(task);
                expected.add(task);
            } else {
                Task first = queue.poll();
                assertThat(first).isNotNull();
                expected.remove(first);
            }
            long base = now;
            expected.sort(Comparator.comparingLong(task -> task.readyNanos - base));
            assertThat(queue.size()).isEqualTo(expected.size());
            assertReady(queue.peek(), expected, 0);
            assertReady(queue.second(), expected, 1);
        }
    }

    private static void assertReady(@Nullable Task found, List<Task> sorted, int index) {
        if (found == null) {
            assertThat(sorted).hasSizeLessThanOrEqualTo(index);
        } else {
            assertThat(sorted).contains(found);
            assertThat(found.readyNanos).isEqualTo(sorted.get(index).readyNanos);
        }
    }
}
