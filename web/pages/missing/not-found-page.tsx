import { Link, usePlace } from "#web/router/router.tsx";
import { PageHeading } from "#web/ui/page-heading.tsx";
import { State } from "#web/ui/state.tsx";

/** No page, book or author has this address. */
export function NotFoundPage({ what = "page" }: { what?: "page" | "book" | "author" }) {
  const { state } = usePlace();
  return (
    <>
      <PageHeading focusKey={state.entry} documentTitle="Not found · BookFinder">
        There is no such {what}.
      </PageHeading>
      <State>
        <p>
          The address may have been mistyped, or what it named has been removed from the catalogue.
          The search field above finds what is there, or{" "}
          <Link href="/">start from the first page</Link>.
        </p>
      </State>
    </>
  );
}
