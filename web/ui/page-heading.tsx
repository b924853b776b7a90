import { type HTMLAttributes, type ReactNode, useEffect, useRef } from "react";

type Props = HTMLAttributes<HTMLHeadingElement> & {
  children: ReactNode;
  /** Changes with every arrival at which the heading is to be read out; undefined for never. */
  focusKey: string | undefined;
  /** Of the browser's tab. */
  documentTitle: string;
};

/** A page's first heading: takes the focus on arrival, so that a screen reader begins there. */
export function PageHeading({ children, focusKey, documentTitle, ...rest }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (focusKey !== undefined) {
      heading.current?.focus({ preventScroll: true });
    }
  }, [focusKey]);
  return (
    <>
      <title>{documentTitle}</title>
      <h1 {...rest} ref={heading} tabIndex={-1}>
        {children}
      </h1>
    </>
  );
}
