// Noto Sans with the region's scripts; each file names its characters, so a browser fetches only what it draws.
import "@fontsource/noto-sans/400.css";
import "@fontsource/noto-sans/600.css";
import "@fontsource/noto-sans-khmer/400.css";
import "@fontsource/noto-sans-khmer/600.css";
import "@fontsource/noto-sans-lao/400.css";
import "@fontsource/noto-sans-lao/600.css";
import "@fontsource/noto-sans-myanmar/400.css";
import "@fontsource/noto-sans-myanmar/600.css";
import "@fontsource/noto-sans-tamil/400.css";
import "@fontsource/noto-sans-tamil/600.css";
import "@fontsource/noto-sans-thai/400.css";
import "@fontsource/noto-sans-thai/600.css";
// Chinese comes in a hundred pieces; no word of it is known to be bold.
import "@fontsource/noto-sans-sc/400.css";
