import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Person, Seer } from "../../api/contract";
import { sentenceOf } from "../../api/problem";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import type { MenuItem } from "../../ui/menu";
import { Failed, Waiting } from "../../ui/state";
import type { CardKind } from "../entities/kind";
import { PersonChip } from "../people/PersonChip";
import { may, useMe } from "../session/session";
import { useSeers } from "./access";
import { ExplanationBox } from "./ExplanationBox";
import { PersonField } from "./PersonField";
import "./access.css";
import "./words";

/** The menu line «Кто видит» of any card and its dialog; nothing for whoever may not ask, or until the owner is known. */
export function useWhoSees(kind: CardKind, id: number | string, owner: Person["id"] | undefined) {
  const { t } = useTranslation("access");
  const me = useMe();
  const [open, setOpen] = useState(false);
  const asks = owner !== undefined && (may(me, "access.roles") || owner === me.id);
  const items: MenuItem[] = asks
    ? [{ key: "who-sees", title: t("title"), icon: "eye", run: () => setOpen(true) }]
    : [];
  const dialog = asks && open && (
    <WhoSeesDialog kind={kind} id={id} onClose={() => setOpen(false)} />
  );
  return { items, dialog };
}

interface WhoSeesProps {
  kind: CardKind;
  id: number | string;
  onClose: () => void;
}

function WhoSeesDialog({ kind, id, onClose }: WhoSeesProps) {
  const { t } = useTranslation("access");
  const [person, setPerson] = useState<Person | null>(null);
  return (
    <Dialog title={t("title")} width={520} onClose={onClose}>
      <div className="stack access-dialog" data-testid="who-sees">
        <PersonField person={person} onPick={setPerson} />
        {person ? (
          <ExplanationBox key={person.id} kind={kind} id={id} person={person} />
        ) : (
          <p className="hint">{t("checkHint")}</p>
        )}
        <SeersList kind={kind} id={id} onPick={setPerson} />
      </div>
    </Dialog>
  );
}

interface SeersListProps {
  kind: CardKind;
  id: number | string;
  onPick: (person: Person) => void;
}

function SeersList({ kind, id, onPick }: SeersListProps) {
  const { t } = useTranslation("access");
  const query = useSeers(kind, id);
  if (query.isError) {
    return <Failed text={sentenceOf(query.error)} onRetry={() => void query.refetch()} />;
  }
  if (!query.data) return <Waiting rows={4} />;
  return (
    <section aria-label={t("seers")}>
      <h3 className="f13 t2 b">{t("seers")}</h3>
      <ul className="access-seers">
        {query.data.map((seer) => (
          <li key={seer.person.id}>
            <button
              type="button"
              className="pop-i"
              onClick={() => onPick(seer.person)}
              data-testid="seer"
            >
              <PersonChip person={seer.person} />
              <span className="f12 t3 el grow access-by">
                <By seer={seer} />
              </span>
            </button>
          </li>
        ))}
      </ul>
      {query.hasNextPage && (
        <Button
          look="quiet"
          busy={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t("earlier")}
        </Button>
      )}
    </section>
  );
}

/** A part in the card says more than the role by which everything is seen. */
function By({ seer }: { seer: Seer }) {
  const { t } = useTranslation("access");
  if (seer.parts.length > 0) return seer.parts.join(", ").toLowerCase();
  const words: Record<Seer["way"], string> = {
    all: t("wayAll"),
    own: t("wayOwn"),
    part: "",
    department: t("wayDepartment"),
    department_tree: t("wayTree"),
  };
  return words[seer.way];
}
