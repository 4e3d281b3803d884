import "../ui/tokens.css";
import { createRoot } from "react-dom/client";
import { StrictMode } from "react";

const root = document.getElementById("root");
if (root) createRoot(root).render(<StrictMode><div>Пульт</div></StrictMode>);
