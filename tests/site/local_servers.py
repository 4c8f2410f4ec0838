"""Two servers on this machine: one shows a folder, the other refuses what is to leave it."""

import threading
from collections.abc import Generator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import StreamRequestHandler, TCPServer, ThreadingTCPServer

HERE = "127.0.0.1"


class _Quiet(SimpleHTTPRequestHandler):
    def do_GET(self) -> None:
        """A file; of an icon, which browsers ask for by themselves, only that there is none."""
        if self.path == "/favicon.ico":
            self.send_response(204)
            self.end_headers()
        else:
            super().do_GET()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (its name there)
        """Nothing: what is asked for is recorded in the browser."""


class _Proxy(ThreadingTCPServer):
    daemon_threads = True  # a connection that is never used holds up nobody


@contextmanager
def _running(server: TCPServer) -> Generator[str]:
    """The address of a server, as long as it is needed."""
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"{HERE}:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def served(folder: Path) -> Generator[str]:
    """The address under which a folder can be read."""
    handler = partial(_Quiet, directory=str(folder))
    with ThreadingHTTPServer((HERE, 0), handler) as server, _running(server) as address:
        yield f"http://{address}/"


@contextmanager
def refusing_proxy() -> Generator[tuple[str, list[str]]]:
    """The address of a proxy that passes nothing on, and what it was asked for."""
    asked: list[str] = []

    class Refusing(StreamRequestHandler):
        def handle(self) -> None:
            if not (line := self.rfile.readline(10_000)):
                return  # opened ahead, and nothing was asked
            asked.append(line.decode("latin-1").strip())
            self.wfile.write(b"HTTP/1.1 403 Nothing leaves\r\nContent-Length: 0\r\n\r\n")

    with _Proxy((HERE, 0), Refusing) as server, _running(server) as address:
        yield address, asked
