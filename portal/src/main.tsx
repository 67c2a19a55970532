import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "./ui/tokens.css";
import "./ui/base.css";
import { createClient, followSession, keepLastKnown } from "./data/client.ts";
import { startSession } from "./identity/session.ts";
import { createPortalRouter } from "./router.tsx";
import { activate, LanguageProvider, startLanguage } from "./text/i18n.tsx";

/** Composition root of the portal: language first, then the pages; typeface and kept answers follow. */
const root = document.getElementById("root");
if (!root) throw new Error("index.html has no element with the id root");

const client = createClient();
const router = createPortalRouter();
const language = startLanguage();
void keepLastKnown(client);
followSession(client);
startSession();
await activate(language);
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <LanguageProvider start={language}>
        <RouterProvider router={router} />
      </LanguageProvider>
    </QueryClientProvider>
  </StrictMode>,
);
await import("./ui/fonts.css");
