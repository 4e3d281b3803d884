import { useTranslation } from "react-i18next";
import type { Subscription } from "../../../api/billing";
import { useMe } from "../../../core/session/session";
import { countText, sizeText } from "../../../ui/format";
import { type allowedBy, beyondOf } from "./sums";
import { modulesOf } from "./titles";
import "./billing.css";
import "./words";

interface BeyondNotesProps {
  sub: Subscription;
  allowed: ReturnType<typeof allowedBy>;
  /** Said when nothing is beyond. */
  fits?: string;
}

/** What a company has beyond a plan stays; it is told what cannot be added any more. */
export function BeyondNotes({ sub, allowed, fits }: BeyondNotesProps) {
  const { t } = useTranslation("billing");
  const me = useMe();
  const enabled = me.modules.filter((one) => one.enabled).map(({ code }) => code);
  const beyond = beyondOf(allowed, sub, enabled);
  const { seats, storage_bytes: storage } = sub.limits;
  const notes = [
    beyond.seats !== null &&
      t("beyondSeats", { used: countText(seats.used), limit: countText(beyond.seats) }),
    beyond.storage !== null &&
      t("beyondStorage", { used: sizeText(storage.used), limit: sizeText(beyond.storage) }),
    beyond.modules.length > 0 &&
      t("beyondModules", { titles: modulesOf(beyond.modules, me.modules) ?? "" }),
  ].filter((note) => note !== false);
  if (notes.length === 0) return fits ? <p className="t2">{fits}</p> : null;
  return (
    <ul className="bill-notes notice tone-amber" data-testid="beyond">
      {notes.map((note) => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  );
}
