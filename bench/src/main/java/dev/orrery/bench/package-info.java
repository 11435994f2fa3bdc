/**
 * How fast Orrery is and how big, beside what it is compared with. {@link dev.orrery.bench.Bench} is the way in; what is
 * measured stands in {@code docs/bench.md}. Speed is told as ratios within one run: nothing else survives another machine.
 */
@NullMarked
package dev.orrery.bench;

import org.jspecify.annotations.NullMarked;
