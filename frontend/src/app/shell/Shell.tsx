import { Outlet, useRouterState } from "@tanstack/react-router";
import { Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMainComposer } from "../../core/entities/house";
import { openComposer } from "../../core/entities/module";
import { useOwnClock } from "../../core/notices/zone";
import { Palette } from "../../core/palette/Palette";
import { ConnectionBanner, SlowedBanner } from "../../core/session/connection";
import { Boundary } from "../../ui/boundary";
import { useHotKeys } from "../../ui/keys";
import { useNarrow, usePhone } from "../../ui/screen";
import { Waiting } from "../../ui/state";
import { memory } from "../../ui/store";
import { HelpHost } from "../help/HelpPanel";
import { helpOpen } from "../help/help";
import { PayingBanner } from "../paying/PayingBanner";
import { NewsBanner } from "../support/NewsBanner";
import { SupportBanner } from "../support/SupportBanner";
import "../words";
import { ComposerHost } from "./ComposerHost";
import { useCommands } from "./commands";
import { KeysDialog } from "./KeysDialog";
import { ModuleOff, useModuleOff } from "./ModuleOff";
import { PhoneBar } from "./PhoneBar";
import { Rail } from "./Rail";
import "./shell.css";
import { TopBar } from "./TopBar";

/** The frame around every screen: rail, top bar, and the bar at the foot of a phone. */
export function Shell() {
  const { t } = useTranslation("app");
  const phone = usePhone();
  const narrow = useNarrow();
  const [folded, setFolded] = useState(memory.read("pult.rail") === "folded");
  const [palette, setPalette] = useState(false);
  const [keysShown, setKeysShown] = useState(false);
  const address = useRouterState({ select: (state) => state.location.pathname });
  const off = useModuleOff(address);
  const main = useMainComposer(address);
  const create = () => openComposer.set(main?.code ?? null);

  useOwnClock();
  useHotKeys({ "ctrl+KeyK": () => setPalette(true) }, { always: true });
  useHotKeys({
    KeyC: create,
    "shift+Slash": () => setKeysShown(true),
    "shift+Digit7": () => setKeysShown(true),
  });

  const fold = () => {
    memory.write("pult.rail", folded ? null : "folded");
    setFolded(!folded);
  };
  const small = folded || narrow;

  return (
    <div className={small && !phone ? "app folded" : "app"}>
      <a className="skip" href="#main">
        {t("skip")}
      </a>
      {!phone && (
        <Rail folded={small} onFold={narrow ? null : fold} onHelp={() => helpOpen.set("home")} />
      )}
      {!phone && <TopBar onSearch={() => setPalette(true)} onCreate={create} />}
      <main id="main" className={address === "/" ? "main tint" : "main"} tabIndex={-1}>
        <ConnectionBanner />
        <SlowedBanner />
        <SupportBanner />
        <NewsBanner />
        <PayingBanner />
        <Boundary at={address}>
          <Suspense fallback={<Waiting />}>{off ? <ModuleOff title={off} /> : <Outlet />}</Suspense>
        </Boundary>
      </main>
      {phone && <PhoneBar onSearch={() => setPalette(true)} onCreate={main ? create : null} />}
      <ComposerHost />
      <HelpHost onKeys={() => setKeysShown(true)} />
      {palette && (
        <OpenPalette onClose={() => setPalette(false)} onKeys={() => setKeysShown(true)} />
      )}
      {keysShown && <KeysDialog onClose={() => setKeysShown(false)} />}
    </div>
  );
}

function OpenPalette({ onClose, onKeys }: { onClose: () => void; onKeys: () => void }) {
  return <Palette commands={useCommands(onKeys)} onClose={onClose} />;
}
