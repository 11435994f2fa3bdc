package dev.orrery.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CourseTest {
    private final Course course = new Course();

    @Test
    void shouldEndAtTheSamePlaceInAnyBatch() {
        String end = course.replay(64);
        assertThat(course.replay(8)).isEqualTo(end);
        assertThat(course.replay(1)).isEqualTo(end);
        assertThat(new Course().replay(1)).isEqualTo(end);
    }

    @Test
    void shouldMeetObstacles() {
        assertThat(course.bumps()).isGreaterThan(Course.STEPS / 200);
    }
}
