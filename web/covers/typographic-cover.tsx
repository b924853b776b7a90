import { memo, useId } from "react";
import { type CoverBook, drawCover } from "#covers/cover.ts";
import type { LayoutName } from "#covers/layouts.ts";
import { canvas, type Paint, type Shape } from "#covers/shapes.ts";
import styles from "./typographic-cover.module.css";

type Props = { book: CoverBook; layout?: LayoutName | undefined };

/** A drawn cover. It says nothing that its surroundings don't, so it is hidden from screen readers. */
export const TypographicCover = memo(function TypographicCover({ book, layout }: Props) {
  const shapes = drawCover(book, layout);
  return (
    <svg
      className={styles["cover"]}
      viewBox={`0 0 ${canvas.width} ${canvas.height}`}
      aria-hidden="true"
      focusable="false"
    >
      <Shapes shapes={shapes} />
    </svg>
  );
}, isSame);

/** Each answer of the server brings new objects for the same books: they are compared by content. */
function isSame(before: Props, after: Props): boolean {
  return (
    before.layout === after.layout && JSON.stringify(before.book) === JSON.stringify(after.book)
  );
}

function Shapes({ shapes }: { shapes: Shape[] }) {
  // A drawing never changes its order, so the index is a stable key.
  // biome-ignore lint/suspicious/noArrayIndexKey: see above
  return shapes.map((shape, index) => <Drawn key={index} shape={shape} />);
}

function Drawn({ shape }: { shape: Shape }) {
  switch (shape.kind) {
    case "rect":
      return (
        <rect
          x={shape.x}
          y={shape.y}
          width={shape.width}
          height={shape.height}
          rx={shape.radius}
          {...paint(shape)}
        />
      );
    case "circle":
      return <circle cx={shape.x} cy={shape.y} r={shape.r} {...paint(shape)} />;
    case "ellipse":
      return (
        <ellipse
          cx={shape.x}
          cy={shape.y}
          rx={shape.rx}
          ry={shape.ry}
          transform={shape.turn ? `rotate(${shape.turn} ${shape.x} ${shape.y})` : undefined}
          {...paint(shape)}
        />
      );
    case "path":
      return <path d={shape.d} {...paint(shape)} />;
    case "frame":
      return (
        // biome-ignore lint/a11y/noSvgWithoutTitle: a part of the drawing above, which is hidden
        <svg x={shape.x} y={shape.y} width={shape.width} height={shape.height}>
          <Shapes shapes={shape.shapes} />
        </svg>
      );
    case "tiling":
      return <Tiling shape={shape} />;
    case "text":
      return (
        <text
          x={shape.x}
          y={shape.y}
          className={styles[shape.face]}
          fontSize={shape.size}
          fill={shape.fill}
          textAnchor={shape.anchor}
          letterSpacing={shape.spacing}
          direction={shape.isRightToLeft ? "rtl" : undefined}
          transform={shape.turn ? `rotate(${shape.turn} ${shape.x} ${shape.y})` : undefined}
        >
          {shape.text}
        </text>
      );
  }
}

function Tiling({ shape }: { shape: Extract<Shape, { kind: "tiling" }> }) {
  const id = useId();
  return (
    <>
      <pattern id={id} width={shape.size} height={shape.size} patternUnits="userSpaceOnUse">
        <Shapes shapes={shape.shapes} />
      </pattern>
      <rect width={canvas.width} height={canvas.height} fill={`url(#${id})`} />
    </>
  );
}

function paint(shape: Paint) {
  return {
    fill: shape.fill,
    stroke: shape.stroke,
    strokeWidth: shape.strokeWidth,
    opacity: shape.opacity,
  };
}
