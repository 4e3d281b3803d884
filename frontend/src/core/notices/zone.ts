import { useEffect } from "react";
import { patch } from "../../api/request";
import { memory } from "../../ui/store";
import { useMe } from "../session/session";

const keyOf = (me: number | null) => `pult.zone.${me}`;

/**
 * Letters and chats tell moments as the screen does: by the clock of the browser that I last worked in. It is said once,
 * and again when the clock is another.
 */
export function useOwnClock(): void {
  const { id, company } = useMe();
  useEffect(() => {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const told = memory.read(keyOf(id)) ?? company.time_zone;
    if (!zone || zone === told) return;
    // A clock that the server does not know is not worth a word: it goes on telling by the company's.
    patch("notices/settings/", { time_zone: zone }).then(
      () => memory.write(keyOf(id), zone),
      () => undefined,
    );
  }, [id, company.time_zone]);
}
