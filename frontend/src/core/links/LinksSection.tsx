import { Link, useRouterState } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { CardLink, CardLinks } from "../../api/contract";
import { sentenceOf } from "../../api/problem";
import { IconButton } from "../../ui/button";
import { Icon, iconNamed } from "../../ui/icon";
import { useHotKeys } from "../../ui/keys";
import { Status, type Tone } from "../../ui/marks";
import { complain, say } from "../../ui/toast";
import { ToolFailed, ToolWaiting, toolState } from "../cards/ToolState";
import { useComposers } from "../entities/house";
import { type CardKind, keys, refOf } from "../entities/kind";
import { type Composer, compose } from "../entities/module";
import { useOffer } from "../palette/offered";
import { selfOf } from "../people/choice";
import { cache } from "../session/cache";
import { useMe } from "../session/session";
import { LinkPicker } from "./LinkPicker";
import { grouped, type Relation, tie, tieRef, untie, useLinks } from "./links";
import "./links.css";
import "./words";

interface LinksProps {
  kind: CardKind;
  id: number;
}

/** What any card is tied to, from both sides, with states as they are now. */
export function LinksSection({ kind, id }: LinksProps) {
  const { t } = useTranslation("links");
  const query = useLinks(kind, id);
  const state = toolState(query);
  if (state === "none") return null;
  if (state === "failed") return <ToolFailed title={t("title")} query={query} />;
  if (!query.data) return <ToolWaiting title={t("title")} />;
  const links = query.data;
  if (!links.can_add && links.results.length === 0) return null;

  return (
    <section className="sec" aria-label={t("title")} data-testid="links">
      <LinksHead kind={kind} id={id} links={links} />
      {links.results.length === 0 && <p className="hint sec-empty">{t("empty")}</p>}
      {grouped(links).map((group) => (
        <LinkGroup key={group.title} kind={kind} id={id} {...group} />
      ))}
    </section>
  );
}

interface GroupProps extends LinksProps {
  title: string;
  links: CardLink[];
}

/** A template is the basis of hundreds of cards: the newest say enough until one asks for the rest. */
const SHOWN = 8;

function LinkGroup({ kind, id, title, links }: GroupProps) {
  const { t } = useTranslation("links");
  const [whole, setWhole] = useState(false);
  const rest = whole || links.length <= SHOWN + 1 ? 0 : links.length - SHOWN;
  return (
    <div className="links-g">
      <h4 className="f12 t3">{title}</h4>
      <ul className="links">
        {links.slice(0, links.length - rest).map((link) => (
          <LinkChip key={link.id} link={link} onRemove={() => untie(kind, id, link)} />
        ))}
      </ul>
      {rest > 0 && (
        <button type="button" className="link f12" onClick={() => setWhole(true)}>
          {t("rest", { count: rest })}
        </button>
      )}
    </div>
  );
}

function LinksHead({ kind, id, links }: LinksProps & { links: CardLinks }) {
  const { t } = useTranslation("links");
  const me = useMe();
  const add = useRef<HTMLButtonElement>(null);
  const [picking, setPicking] = useState(false);
  const known = useComposers().filter((one) => one.linkedTitle);
  const composers = links.can_add ? known : [];
  const relations = links.relations as { code: Relation; title: string }[];

  const make = (composer: Composer) =>
    compose(composer.code, (ref) => {
      void tieRef(kind, id, ref, "related")
        .then(() => say(t("made"), { icon: "link" }))
        .catch((error) => complain(sentenceOf(error)))
        .finally(() => cache.invalidateQueries({ queryKey: keys.links(kind, id) }));
    });
  const [first] = composers;
  useOffer(
    composers.map((composer) => ({
      key: `linked-${composer.code}`,
      title: composer.linkedTitle ?? composer.title,
      icon: "plus",
      run: () => make(composer),
    })),
  );
  useHotKeys({ KeyT: () => first && make(first) }, { enabled: first !== undefined });

  return (
    <header>
      <h3>{t("title")}</h3>
      <span className="n">{links.results.length || ""}</span>
      <span className="grow" />
      {composers.map((composer) => (
        <button
          key={composer.code}
          type="button"
          className="add link-make"
          onClick={() => make(composer)}
          data-testid={`link-make-${composer.code}`}
        >
          <Icon name="plus" size={14} />
          {composer.linkedTitle}
        </button>
      ))}
      {links.can_add && (
        <button
          ref={add}
          type="button"
          className="add"
          aria-haspopup="dialog"
          aria-expanded={picking}
          onClick={() => setPicking(!picking)}
          data-testid="link-add"
        >
          <Icon name="link" size={14} />
          {t("add")}
        </button>
      )}
      {picking && (
        <LinkPicker
          anchor={add.current}
          own={refOf(kind, id)}
          relations={relations}
          tied={(ref, relation) =>
            links.results.some((one) => one.card.ref === ref && one.relation === relation)
          }
          onClose={() => setPicking(false)}
          onPick={(found, relation) => {
            setPicking(false);
            void tie(kind, id, found, relation, selfOf(me));
          }}
        />
      )}
    </header>
  );
}

const TONES: Record<string, Tone> = { open: "blue", done: "green", cancelled: "neutral" };

/** One card tied to this one: pressed, it opens. */
function LinkChip({ link, onRemove }: { link: CardLink; onRemove: () => void }) {
  const { t } = useTranslation("links");
  const { card } = link;
  const path = useRouterState({ select: (state) => state.location.pathname });
  const over = card.state !== "open";
  // A card of the same list opens over the list as it stands, with its filters.
  const sameList = card.route.split("/")[1] === path.split("/")[1];
  const name = [card.kind_title, card.number, card.title].filter(Boolean).join(" ");
  return (
    <li className={link.id < 0 ? "link-chip going" : "link-chip"} data-testid="link-chip">
      <Link to={card.route as never} search={sameList as never} className="link-open" title={name}>
        <Icon name={iconNamed(card.icon)} size={14} />
        {card.number && <span className="num t3">{card.number}</span>}
        <span className={over ? "el grow t3" : "el grow"}>{card.title}</span>
        {card.status_title && (
          <Status tone={TONES[card.state] ?? "neutral"}>{card.status_title}</Status>
        )}
      </Link>
      {link.can_remove && (
        <IconButton
          icon="x"
          size={14}
          small
          label={t("remove", { title: card.title })}
          onClick={onRemove}
          data-testid="link-remove"
        />
      )}
    </li>
  );
}
