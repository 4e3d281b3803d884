import { useTranslation } from "react-i18next";
import { Dialog } from "../../ui/dialog";
import "../../core/lists/words";
import "../words";

/** What the keyboard can do; the letters are places on it, whatever the layout. */
export function KeysDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("app");
  const { t: lists } = useTranslation("lists");
  const keys: [string[], string][] = [
    [["Ctrl K"], t("keysPalette")],
    [["C"], t("keysCreate")],
    [["T"], t("keysLinked")],
    [["J", "K"], t("keysMove")],
    [["Enter"], t("keysOpen")],
    [["X"], t("keysChoose")],
    [["A", "S", "D", "F", "R"], t("keysDeeds")],
    [["E"], t("keysEdit")],
    [["/"], t("keysFilter")],
    [["←", "→"], t("keysWalk")],
    [["Ctrl Enter"], t("keysSend")],
    [["Esc"], t("keysClose")],
    [["?"], t("keysHelp")],
  ];
  return (
    <Dialog title={lists("keysTitle")} width={420} onClose={onClose}>
      <dl className="keys">
        {keys.map(([names, meaning]) => (
          <div key={meaning}>
            <dt>
              {names.map((name) => (
                <span key={name} className="kbd">
                  {name}
                </span>
              ))}
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
