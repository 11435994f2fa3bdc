package dev.orrery.server;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The waiting tasks of one worker, the one that may begin first on top: a binary heap in an array that only grows, so that queueing
 * allocates nothing. Guarded by the {@link Workers} that it belongs to.
 */
final class TaskQueue {
    private static final int FIRST_CAPACITY = 16;

    private @Nullable Task[] heap = new @Nullable Task[FIRST_CAPACITY];
    private int size;

    int size() {
        return size;
    }

    /** The one that may begin first; null if there is none. */
    @Nullable
    Task peek() {
        return heap[0];
    }

    /** The one that may begin after it; null if there is none. */
    @Nullable
    Task second() {
        Task left = heap[1];
        Task right = heap[2];
        return left == null || right == null || isBefore(left, right) ? left : right;
    }

    void add(Task task) {
        if (size + 1 == heap.length) { // beyond the last there is always a null, for peek and second
            heap = Arrays.copyOf(heap, 2 * heap.length);
        }
        int at = size++;
        while (at > 0) {
            int parent = (at - 1) >>> 1;
            Task above = heap[parent];
            if (above == null || !isBefore(task, above)) {
                break;
            }
            heap[at] = above;
            at = parent;
        }
        heap[at] = task;
    }

    /** Takes the one that may begin first; null if there is none. */
    @Nullable
    Task poll() {
        Task first = heap[0];
        if (first == null) {
            return null;
        }
        Task last = heap[--size];
        heap[size] = null;
        if (size > 0 && last != null) {
            sink(last);
        }
        return first;
    }

    /** The shares of a core that its tasks take. */
    double load() {
        double sum = 0;
        for (int i = 0; i < size; i++) {
            Task task = heap[i];
            sum += task == null ? 0 : task.load();
        }
        return sum;
    }

    /** Finds a place for a task from the top on. */
    private void sink(Task task) {
        int at = 0;
        for (int child = 1; child < size; child = 2 * at + 1) {
            Task below = heap[child];
            Task right = child + 1 < size ? heap[child + 1] : null;
            if (right != null && below != null && isBefore(right, below)) {
                below = right;
                child++;
            }
            if (below == null || !isBefore(below, task)) {
                break;
            }
            heap[at] = below;
            at = child;
        }
        heap[at] = task;
    }

    /** Times of {@link System#nanoTime} are compared by their difference. */
    private static boolean isBefore(Task one, Task other) {
        return one.readyNanos - other.readyNanos < 0;
    }
}
