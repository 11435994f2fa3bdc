import { expect, test } from "vitest";
import { type Clock, newClock, serverTick, withSample, withTimeline } from "../src/clock.ts";
import { advanceLead, type Lead, moreCautious } from "../src/lead.ts";
import { millisBetween, withChange } from "../src/timeline.ts";
import { settings, steady } from "./worlds.ts";

const fresh = (): Clock => newClock(steady(100));
const START: Lead = { position: 0, atMillis: 0, cautionMillis: 0, spareMillis: 0, epoch: 0 };

/** A server whose tick 0 was at time 0, asked once, with this round trip. */
function asked(clock: Clock, atMillis: number, tripMillis: number): Clock {
  const heardAt = atMillis + tripMillis / 2;
  const tick = Math.floor(heardAt / 100);
  const elapsedMillis = heardAt - tick * 100;
  return withSample(clock, {
    sentAtMillis: atMillis,
    receivedAtMillis: atMillis + tripMillis,
    tick,
    elapsedMillis,
  });
}

function at(lead: Lead | null): Lead {
  if (lead === null) throw new Error("there is no lead yet");
  return lead;
}

test("half a round trip and a little more ahead of the server", () => {
  const clock = asked(fresh(), 1_000, 200);
  const lead = at(advanceLead(null, clock, 1_200));
  expect(lead.position).toBeCloseTo(12 + 1.2);
});

test("never stands still when the aim falls back, so that the server hears of it", () => {
  const near = asked(fresh(), 1_000, 40);
  let lead: Lead = { ...START, position: 17, atMillis: 1_040 };
  for (let now = 1_050; now < 9_000; now += 50) {
    const next = at(advanceLead(lead, near, now));
    expect(next.position - lead.position).toBeGreaterThan((0.45 * (now - lead.atMillis)) / 50);
    lead = next;
  }
});

test("is set where it belongs when it is far behind", () => {
  const clock = asked(fresh(), 1_000, 40);
  const lead = at(advanceLead({ ...START, position: 2, atMillis: 1_030 }, clock, 1_040));
  expect(lead.position).toBeGreaterThan(10);
});

test("one answer that the page itself kept waiting does not change the aim", () => {
  let clock = fresh();
  for (let i = 0; i < 8; i += 1) clock = asked(clock, 1_000 + i * 100, 200);
  const calm = at(advanceLead(null, clock, 3_000)).position;
  const hung = at(advanceLead(null, asked(clock, 2_000, 900), 3_000)).position;
  expect(hung).toBeCloseTo(calm, 3);
});

test("keeps its distance in time over a change in the length of ticks, in one step as in many", () => {
  const known = asked(fresh(), 1_000, 40);
  const change = { atTick: 20, settings: settings(200) };
  const clock = withTimeline(known, withChange(known.timeline, change));
  const begun = at(advanceLead(null, clock, 1_040));
  const once = at(advanceLead(begun, clock, 4_000));
  let often = begun;
  for (let now = 1_060; now <= 4_000; now += 20) often = at(advanceLead(often, clock, now));
  const aheadMillis = (lead: Lead): number =>
    millisBetween(clock.timeline, serverTick(clock, lead.atMillis) ?? 0, lead.position);
  expect(aheadMillis(begun)).toBeCloseTo(40);
  expect(aheadMillis(once)).toBeCloseTo(40);
  expect(aheadMillis(often)).toBeCloseTo(40);
});

test("caution grows with late inputs, is bounded, and fades", () => {
  let lead: Lead = { ...START, position: 10 };
  for (let i = 0; i < 50; i += 1) lead = moreCautious(lead, 1, 100);
  expect(lead.cautionMillis).toBe(300);
  const clock = asked(fresh(), 0, 40);
  expect(at(advanceLead(lead, clock, 15_000)).cautionMillis).toBeCloseTo(150);
});

test("the jitter of the network is added to the lead", () => {
  let calm = fresh();
  let rough = fresh();
  for (let i = 0; i < 8; i += 1) {
    calm = asked(calm, 1_000 + i * 100, 200);
    rough = asked(rough, 1_000 + i * 100, i % 2 === 0 ? 200 : 260);
  }
  const calmly = at(advanceLead(null, calm, 3_000)).position;
  expect(at(advanceLead(null, rough, 3_000)).position - calmly).toBeGreaterThan(0.5);
});
