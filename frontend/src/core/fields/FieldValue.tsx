import { useTranslation } from "react-i18next";
import type { CardFieldValue } from "../../api/contract";
import { Icon } from "../../ui/icon";
import { AmountBox, DayBox, FlagBox, ListBox, TextBox } from "./FieldBoxes";
import { CardBox, FileBox, PersonBox } from "./FieldLinks";
import type { Place } from "./fields";
import { valueText } from "./values";
import "./words";

export interface BoxProps {
  place: Place;
  field: CardFieldValue;
  error?: string | undefined;
}

const BOXES = {
  text: TextBox,
  number: AmountBox,
  money: AmountBox,
  date: DayBox,
  flag: FlagBox,
  list: ListBox,
  person: PersonBox,
  card: CardBox,
  file: FileBox,
  formula: FormulaValue,
};

/** What stands in a field: changed where it is, or only read. */
export function FieldValue(props: BoxProps) {
  const { t } = useTranslation("fields");
  const { field } = props;
  if (field.is_unseen && !field.can_write) return <span className="t3">{t("unseen")}</span>;
  const Box = BOXES[field.type];
  return <Box {...props} />;
}

function FormulaValue({ field }: BoxProps) {
  const { t } = useTranslation("fields");
  if (field.error) {
    return (
      <span className="row red f12" data-testid={`field-${field.code}`}>
        <Icon name="circle-alert" size={14} />
        {field.error}
      </span>
    );
  }
  return (
    <span className="num" title={t("formula")} data-testid={`field-${field.code}`}>
      {valueText(field) || <span className="t3">—</span>}
    </span>
  );
}
