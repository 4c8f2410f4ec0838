// Python in WebAssembly, without a server: node check_in_pyodide.mjs FOLDER WHEEL SCRIPT
// runs SCRIPT and prints its `answer`. FOLDER has node_modules/pyodide, and wheels/.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, wheel, script] = process.argv.slice(2);
const refused = [];
globalThis.fetch = (asked) => {
    refused.push(String(asked));
    throw new Error(`nothing leaves the machine: ${asked}`);
};

async function answered() {
    const home = join(folder, "node_modules", "pyodide");
    const { loadPyodide } = await import(pathToFileURL(join(home, "pyodide.mjs")));
    const started = performance.now();
    const pyodide = await loadPyodide({ indexURL: home });
    const boot = performance.now() - started;
    const wheels = readdirSync(join(folder, "wheels")).map((name) => join(folder, "wheels", name));
    const extractDir = pyodide.runPython("import site; site.getsitepackages()[0]");
    for (const one of [...wheels, wheel]) {
        pyodide.unpackArchive(new Uint8Array(readFileSync(one)), "wheel", { extractDir });
    }
    pyodide.runPython(readFileSync(script, "utf8"));
    return { answer: JSON.parse(pyodide.globals.get("answer")), boot, refused };
}

try {
    console.log(JSON.stringify(await answered()));
} catch (error) {
    // Node itself would print all of Pyodide, as the line that threw.
    console.error(error.stack.slice(0, 5000));
    process.exit(1);
}
