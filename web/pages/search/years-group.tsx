import { type KeyboardEvent, type PointerEvent, useState } from "react";
import type { Facet } from "#proto/bookfinder/v1/search_pb.ts";
import { withDecades } from "#web/search/filters.ts";
import { type Search, yearsOf } from "#web/search/search-params.ts";
import { type DecadeBar, decadeBars } from "./decades.ts";
import { useChangeSearch } from "./use-change-search.ts";
import { YearsForm } from "./years-form.tsx";
import styles from "./years-group.module.css";

type Props = { search: Search; facet: Facet };

/** When the books were first published: decades to brush over, and years to type. */
export function YearsGroup({ search, facet }: Props) {
  return (
    <fieldset className={styles["group"]}>
      <legend>First published</legend>
      <Histogram search={search} bars={decadeBars(facet.values)} />
      <YearsForm key={`${search.from} ${search.to}`} search={search} />
    </fieldset>
  );
}

/** The bars between two places, whichever was first. */
type Brush = { from: number; to: number };

function Histogram({ search, bars }: { search: Search; bars: readonly DecadeBar[] }) {
  const change = useChangeSearch();
  const [brush, setBrush] = useState<Brush>();
  const [place, setPlace] = useState(bars.length - 1);
  const apply = ({ from, to }: Brush) => {
    const [first, last] = [bars[Math.min(from, to)], bars[Math.max(from, to)]];
    setBrush(undefined);
    if (first === undefined || last === undefined) {
      return;
    }
    change((current) => withDecades(current, first.first, last.last));
  };
  const onKey = (event: KeyboardEvent<HTMLDivElement>) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const isPick = event.key === "Enter" || event.key === " ";
    if (step === undefined && !isPick) {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    if (step === undefined) {
      return apply(brush ?? { from: place, to: place });
    }
    const next = Math.min(bars.length - 1, Math.max(0, place + step));
    setPlace(next);
    setBrush(event.shiftKey ? { from: brush?.from ?? place, to: next } : undefined);
    event.currentTarget.querySelectorAll("button")[next]?.focus();
  };
  const placeOf = (event: PointerEvent<HTMLDivElement>): number => {
    const box = event.currentTarget.getBoundingClientRect();
    const share = (event.clientX - box.left) / box.width;
    return Math.min(bars.length - 1, Math.max(0, Math.floor(share * bars.length)));
  };
  return (
    <div className={styles["decades"]} style={{ maxInlineSize: `${bars.length * 2.5}rem` }}>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset inside the fieldset would be read twice */}
      <div
        className={styles["histogram"]}
        role="group"
        aria-label="Decades"
        onKeyDown={onKey}
        onPointerDown={(event) => {
          if (event.button !== 0) {
            return;
          }
          event.currentTarget.setPointerCapture(event.pointerId);
          setBrush({ from: placeOf(event), to: placeOf(event) });
        }}
        onPointerMove={(event) =>
          brush && event.buttons > 0 && setBrush({ ...brush, to: placeOf(event) })
        }
        onPointerUp={() => brush && apply(brush)}
        onPointerCancel={() => setBrush(undefined)}
      >
        {bars.map((bar, index) => (
          <button
            key={bar.first}
            type="button"
            tabIndex={index === Math.min(place, bars.length - 1) ? 0 : -1}
            aria-pressed={isChosen(bar, search)}
            aria-label={bar.label}
            title={bar.label}
            data-brushed={isBrushed(index, brush) || undefined}
            onFocus={() => setPlace(index)}
            // Pointers are handled above; a click without one comes from assistive technology.
            onClick={({ detail }) => detail === 0 && apply({ from: index, to: index })}
          >
            <Bar height={bar.height} />
          </button>
        ))}
      </div>
      <span className={styles["axis"]} aria-hidden="true">
        <span>{bars[0]?.label.split(",")[0]}</span>
        <span>{bars.length > 1 && bars.at(-1)?.label.split(",")[0]}</span>
      </span>
    </div>
  );
}

function Bar({ height }: Pick<DecadeBar, "height">) {
  // A drawing, so that the content security policy can forbid inline styles.
  return (
    <svg viewBox="0 0 10 100" preserveAspectRatio="none" aria-hidden="true">
      <rect x="0" y={100 - barHeight(height)} width="10" height={barHeight(height)} />
    </svg>
  );
}

/** In hundredths; few books are still a line to aim at. */
function barHeight(share: number): number {
  return share === 0 ? 2 : 6 + share * 94;
}

function isChosen({ first, last }: DecadeBar, search: Search): boolean {
  const { from, to } = yearsOf(search);
  if (from === undefined && to === undefined) {
    return false;
  }
  return (
    (from ?? Number.NEGATIVE_INFINITY) <= last + 9 && (to ?? Number.POSITIVE_INFINITY) >= first
  );
}

function isBrushed(index: number, brush: Brush | undefined): boolean {
  if (brush === undefined) {
    return false;
  }
  return index >= Math.min(brush.from, brush.to) && index <= Math.max(brush.from, brush.to);
}
