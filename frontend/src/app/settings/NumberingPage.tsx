import { may, useMe } from "../../core/session/session";
import { Masks } from "./numbering/Masks";
import { Reserved } from "./numbering/Reserved";
import "./settings.css";

/** How cards are numbered, and the numbers that people keep for later: each as far as one's rights go. */
export function Screen() {
  const me = useMe();
  return (
    <>
      {may(me, "numbering.manage") && <Masks />}
      {may(me, "numbering.reserve") && <Reserved />}
    </>
  );
}
