import "@fontsource-variable/inter/wght.css";
import "../ui/tokens.css";
import "../ui/base.css";
import "../ui/kit.css";
import "../ui/faces.css";
import "../ui/forms.css";
import "../ui/layers.css";
import { type ComponentType, StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { brought } from "../core/session/parts";
import { Boundary } from "../ui/boundary";
import { startTheme } from "../ui/theme";
import { hostOfPage } from "./host";

/** Only the face that is shown is downloaded. */
const FACES = {
  public: () => import("./public/PublicApp"),
  console: () => import("./console/ConsoleApp"),
  unknown: () => import("./public/UnknownCompany"),
  company: () => import("./company/CompanyApp"),
};

async function start(): Promise<void> {
  startTheme();
  const root = document.getElementById("root");
  if (!root) return;
  const { App } = await brought<{ App: ComponentType }>(FACES[hostOfPage()])();
  createRoot(root).render(
    <StrictMode>
      <Boundary>
        <App />
      </Boundary>
    </StrictMode>,
  );
}

void start();
