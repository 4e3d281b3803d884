import { Suspense, useEffect } from "react";
import { ConflictDialog } from "../../core/forms/conflict";
import { live } from "../../core/realtime/live";
import { keepWorkOnSignOut, SessionExpired } from "../../core/session/expired";
import { useAuthState, useMe } from "../../core/session/session";
import { Boundary } from "../../ui/boundary";
import { Waiting } from "../../ui/state";
import { Shell } from "../shell/Shell";
import { SignIn } from "../sign/SignIn";

/** Behind the door: whoever is not signed in sees the door at the same address. */
export function Inside() {
  const state = useAuthState();
  if (!state.data?.signed_in) return <SignIn />;
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
  useEffect(() => {
    keepWorkOnSignOut();
    live.start();
    return () => live.stop();
  }, []);
  return (
    <>
      <Shell />
      <ConflictDialog />
      <SessionExpired email={me.email} />
    </>
  );
}
