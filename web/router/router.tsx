import {
  type AnchorHTMLAttributes,
  createContext,
  type MouseEvent,
  type ReactNode,
  useContext,
  useSyncExternalStore,
} from "react";
import type { Navigation, Place } from "./navigation.ts";

const NavigationContext = createContext<Navigation | undefined>(undefined);

/** Gives the pages below a navigation. */
export function NavigationProvider(props: { navigation: Navigation; children: ReactNode }) {
  return <NavigationContext value={props.navigation}>{props.children}</NavigationContext>;
}

/** The navigation, for going elsewhere; doesn't render again when the place changes. */
export function useNavigation(): Navigation {
  const navigation = useContext(NavigationContext);
  if (navigation === undefined) {
    throw new Error("No NavigationProvider above this component.");
  }
  return navigation;
}

/** Where the reader is. */
export function usePlace(): Place {
  const navigation = useNavigation();
  return useSyncExternalStore(navigation.subscribe, navigation.place);
}

/** A part of the place, such as its path; renders again only when that part changes. */
export function usePlacePart<Part extends string | boolean>(part: (place: Place) => Part): Part {
  const navigation = useNavigation();
  return useSyncExternalStore(navigation.subscribe, () => part(navigation.place()));
}

type LinkProps = AnchorHTMLAttributes<HTMLAnchorElement> & {
  href: string;
  children: ReactNode;
  replace?: boolean;
  focusHeading?: boolean;
  /** Runs before going there; for warming what the next page needs. */
  onFollow?: () => void;
};

/** A link within the app; with a modifier key, or to another tab, it is an ordinary one. */
export function Link({ href, replace, focusHeading, onFollow, children, ...rest }: LinkProps) {
  const navigation = useNavigation();
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    const isPlain =
      event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
    if (!isPlain || event.defaultPrevented) {
      return;
    }
    event.preventDefault();
    onFollow?.();
    navigation.navigate(href, {
      replace: replace ?? false,
      ...(focusHeading === undefined ? {} : { focusHeading }),
    });
  };
  return (
    <a {...rest} href={href} onClick={follow}>
      {children}
    </a>
  );
}
