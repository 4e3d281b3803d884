import { useTranslation } from "react-i18next";
import { Button } from "../../ui/button";
import { Icon } from "../../ui/icon";
import type { CardKind } from "../entities/kind";
import { useMe } from "../session/session";
import { confirmReading, useReaders, whole } from "./readers";
import "./readers.css";
import "./words";

interface ReadingCallProps {
  kind: CardKind;
  id: number;
  version: number;
}

/** At the top of the card, while it waits for this very reader: one press and it is done. */
export function ReadingCall({ kind, id, version }: ReadingCallProps) {
  const { t } = useTranslation("readers");
  const me = useMe();
  const { data } = useReaders(kind, id);
  if (!data) return null;
  const list = whole(data);
  if (!list.waits_for_me) return null;
  const mine = list.results.find((one) => one.person.id === me.id && !one.done_at);
  const who = mine && mine.asked_by.id !== me.id ? mine.asked_by.name : null;
  return (
    <section className="reading-call" aria-label={t("short")} data-testid="reading-call">
      <Icon name="book-open-check" size={18} />
      <span className="grow">{who ? t("call", { who }) : t("callPlain")}</span>
      <Button
        look="primary"
        icon="check"
        onClick={() => void confirmReading(kind, id, version, me)}
        data-testid="reading-confirm"
      >
        {t("confirm")}
      </Button>
    </section>
  );
}
