import { type ReadCard, ReadersSection } from "../acknowledgements/ReadersSection";
import { ChecklistSection } from "../checklists/ChecklistSection";
import { type CardKind, has } from "../entities/kind";
import { FieldsSection } from "../fields/FieldsSection";
import { GroupsLine } from "../groups/GroupsLine";
import { LinksSection } from "../links/LinksSection";
import { SendingsSection } from "../notices/SendingsSection";
import { TagsLine } from "../tags/TagsLine";

interface CardToolsProps {
  kind: CardKind;
  card: ReadCard;
}

/** The tools that every card of every kind has; one that a kind lacks is silent. */
export function CardTools({ kind, card }: CardToolsProps) {
  return (
    <>
      <TagsLine key={`tags-${card.id}`} kind={kind} id={card.id} />
      <GroupsLine key={`groups-${card.id}`} kind={kind} id={card.id} />
      {has(kind, "fields") && <FieldsSection key={`fields-${card.id}`} kind={kind} id={card.id} />}
      <ChecklistSection key={`points-${card.id}`} kind={kind} id={card.id} />
      <LinksSection key={`links-${card.id}`} kind={kind} id={card.id} />
      <ReadersSection key={`readers-${card.id}`} kind={kind} card={card} />
      {has(kind, "notices") && (
        <SendingsSection key={`sendings-${card.id}`} kind={kind} id={card.id} />
      )}
    </>
  );
}
