"""A forge without comments and pull requests that takes what is posted; writes what it was asked. Usage: forge.py PORT-FILE"""

import http.server
import sys


class Forge(http.server.BaseHTTPRequestHandler):
    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        print(self.command, self.path, body, flush=True)
        lists = "/comments?" in self.path
        self.send_response(201 if self.command == "POST" else 200 if lists else 404)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(b"[]" if lists else b"{}")

    do_GET = do_POST = answer

    def log_message(self, *_):
        pass


server = http.server.HTTPServer(("127.0.0.1", 0), Forge)
with open(sys.argv[1], "w") as port:
    port.write(f"{server.server_port}\n")
server.serve_forever()
