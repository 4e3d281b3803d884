import { lazy, Suspense, useEffect } from "react";
import { viewed } from "../../core/attachments/viewing";
import { ConflictDialog } from "../../core/forms/conflict";
import { goOn } from "../../core/notices/browsers";
import { live } from "../../core/realtime/live";
import { keepWorkOnSignOut, SessionExpired } from "../../core/session/expired";
import { brought } from "../../core/session/parts";
import { useAuthState, useMe } from "../../core/session/session";
import { Boundary } from "../../ui/boundary";
import { Waiting } from "../../ui/state";
import { useStore } from "../../ui/store";
import { offerPaying } from "../paying/offering";
import { Shell } from "../shell/Shell";
import { Closed } from "../sign/Closed";
import { SignIn } from "../sign/SignIn";

const FileViewer = lazy(() =>
  brought(() => import("../../core/attachments/Viewer"))().then(({ FileViewer }) => ({
    default: FileViewer,
  })),
);

/** Behind the door: whoever is not signed in sees the door at the same address. */
export function Inside() {
  const state = useAuthState();
  if (!state.data?.signed_in) {
    return state.data?.closed ? <Closed text={state.data.closed} /> : <SignIn />;
  }
  return (
    <Boundary>
      <Suspense fallback={<Waiting rows={4} />}>
        <Work />
      </Suspense>
    </Boundary>
  );
}

function Work() {
  const me = useMe();
  const { id, email, csrf_token: token } = me;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the token tells one session from the next.
  useEffect(() => {
    // What fails now goes on with the next page; notices are no reason to disturb whoever works.
    goOn({ id, email }).catch(() => undefined);
  }, [id, email, token]);
  useEffect(() => {
    keepWorkOnSignOut();
    offerPaying();
    live.start();
    return () => live.stop();
  }, []);
  return (
    <>
      <Shell />
      <ConflictDialog />
      <Viewed />
      <SessionExpired email={me.email} />
    </>
  );
}

/** A file looked at over any page. */
function Viewed() {
  const open = useStore(viewed);
  return open ? (
    <Suspense fallback={null}>
      <FileViewer />
    </Suspense>
  ) : null;
}
