#!/usr/bin/env python3
"""A small IPP printer (RFC 8010, RFC 8011) that goes wrong on purpose. For tests only; the standard library only.

  fault_printer.py --port PORT [--fault NAME] [--page N] [--seconds S] [--stopped] [--queued N] [--counted N]

It prints one impression after another, --page-time apart, and counts them for the job and for its life, from --counted on.
Faults:
  none               prints everything and counts it
  media-empty        on page N: media-empty-error, the printer stops; after Cancel-Job the job is canceled
  media-jam          on page N: media-jam-error, likewise
  marker-empty       on page N: marker-supply-empty-error, likewise
  aborted            on page N: the job is aborted
  cancel-refused     stops on page N without a reason and refuses Cancel-Job
  hangs              on page N it answers nobody any more
  slow               page N takes S seconds, and Cancel-Job is ignored
  without-counting   the job completes with no impression counted
  counts-too-many    the job completes with one impression more than its pages
  with-errors        the job completes with job-completed-with-errors
  forgets            on page N it forgets the job
  empty-afterwards   everything is printed, then the tray is empty (media-empty-warning)
  refuses-create     Create-Job: client-error-attributes-or-values-not-supported
  refuses-document   Send-Document: client-error-document-format-not-supported; the job is aborted
  breaks-document    the connection ends while the document arrives
POST /clear ends every job, as staff do at the printer's panel.
GET /seen answers, as JSON, what it was asked and what it received.
"""
import argparse
import hashlib
import json
import struct
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

OPERATION, JOB, END, PRINTER = 0x01, 0x02, 0x03, 0x04
INTEGER, BOOLEAN, ENUM, TEXT, NAME, KEYWORD, URI, CHARSET, LANGUAGE, MIME = (
    0x21, 0x22, 0x23, 0x41, 0x42, 0x44, 0x45, 0x47, 0x48, 0x49)
PENDING, HELD, PROCESSING, STOPPED, CANCELED, ABORTED, COMPLETED = range(3, 10)
OK, NOT_POSSIBLE, NOT_FOUND, FORMAT, VALUES, BUSY, UNKNOWN = 0x0000, 0x0404, 0x0406, 0x040A, 0x040B, 0x0507, 0x0501
ON_PAGE = {"media-empty": "media-empty-error", "media-jam": "media-jam-error", "marker-empty": "marker-supply-empty-error"}


def read_attributes(body):
    """The operation, the request's number, its attributes by name (the first value), and what follows them."""
    operation, number = struct.unpack(">HI", body[2:8])
    attributes, at = {}, 8
    while body[at] != END:
        tag = body[at]
        at += 1
        if tag < 0x10:
            continue
        size, = struct.unpack(">H", body[at:at + 2])
        name = body[at + 2:at + 2 + size].decode()
        at += 2 + size
        size, = struct.unpack(">H", body[at:at + 2])
        if name:
            attributes[name] = body[at + 2:at + 2 + size]
        at += 2 + size
    return operation, number, attributes, body[at + 1:]


def attribute(tag, name, *values):
    out = b""
    for index, value in enumerate(values):
        label = name.encode() if index == 0 else b""
        if tag in (INTEGER, ENUM):
            value = struct.pack(">i", value)
        elif tag == BOOLEAN:
            value = b"\x01" if value else b"\x00"
        else:
            value = value.encode()
        out += bytes([tag]) + struct.pack(">H", len(label)) + label + struct.pack(">H", len(value)) + value
    return out


class Printer:
    def __init__(self, options):
        self.options = options
        self.lock = threading.RLock()
        self.state = 5 if options.stopped else 3
        self.reasons = ["none"]
        self.jobs = {}
        self.life = options.counted
        self.hanging = False
        self.seen = {"operations": [], "documents": [], "names": [], "wishes": []}

    def queued(self):
        return self.options.queued + sum(job["state"] < CANCELED for job in self.jobs.values())

    def describe(self):
        return (attribute(ENUM, "printer-state", self.state) + attribute(KEYWORD, "printer-state-reasons", *self.reasons)
                + attribute(BOOLEAN, "printer-is-accepting-jobs", True) + attribute(INTEGER, "queued-job-count", self.queued())
                + attribute(INTEGER, "printer-impressions-completed", self.life))

    def describe_job(self, job):
        return (attribute(INTEGER, "job-id", job["id"]) + attribute(URI, "job-uri", f"ipp://localhost/jobs/{job['id']}")
                + attribute(ENUM, "job-state", job["state"]) + attribute(KEYWORD, "job-state-reasons", *job["reasons"])
                + attribute(INTEGER, "job-impressions-completed", job["impressions"]))

    def create(self, attributes):
        if self.options.fault == "refuses-create":
            return VALUES, b""
        number = len(self.jobs) + 1
        self.jobs[number] = {"id": number, "state": HELD, "reasons": ["job-incoming"], "impressions": 0, "ended": threading.Event()}
        self.seen["names"].append(attributes.get("job-name", b"").decode())
        self.seen["wishes"].append({key: attributes.get(key, b"").decode() for key in ("media", "sides")})
        return OK, self.describe_job(self.jobs[number])

    def receive(self, job, document):
        self.seen["documents"].append(hashlib.sha256(document).hexdigest())
        if self.options.fault == "refuses-document":
            self.end(job, ABORTED, "document-format-error")
            return FORMAT, b""
        job["state"], job["reasons"], self.state = PROCESSING, ["job-printing"], 4
        threading.Thread(target=self.print_pages, args=(job, self.options.pages), daemon=True).start()
        return OK, self.describe_job(job)

    def cancel(self, job):
        if job["state"] >= CANCELED or self.options.fault == "cancel-refused":
            return NOT_POSSIBLE, b""
        if self.options.fault != "slow":
            self.end(job, CANCELED, "job-canceled-by-user")
        return OK, b""

    def end(self, job, state, reason):
        if job["state"] < CANCELED:
            job["state"], job["reasons"] = state, [reason]
            self.state = 3 if self.reasons == ["none"] else self.state
            job["ended"].set()

    def print_pages(self, job, pages):
        fault = self.options.fault
        for page in range(1, pages + 1):
            slow = fault == "slow" and page == self.options.page
            if job["ended"].wait(self.options.seconds if slow else self.options.page_time):
                return
            with self.lock:
                if page == self.options.page and self.goes_wrong(job):
                    return
                self.life += 1
                if fault != "without-counting":
                    job["impressions"] = page
        with self.lock:
            if fault == "counts-too-many":
                job["impressions"] += 1
            if fault == "empty-afterwards":
                self.reasons = ["media-empty-warning"]
            self.end(job, COMPLETED, "job-completed-with-errors" if fault == "with-errors" else "job-completed-successfully")

    def goes_wrong(self, job):
        """What happens instead of this page; true if printing is over."""
        fault = self.options.fault
        if fault in ON_PAGE:
            self.state, self.reasons = 5, [ON_PAGE[fault]]
            job["state"], job["reasons"] = STOPPED, ["printer-stopped"]
        elif fault == "aborted":
            self.end(job, ABORTED, "aborted-by-system")
        elif fault == "cancel-refused":
            self.state, job["state"] = 5, STOPPED
        elif fault == "hangs":
            self.hanging = True
        elif fault == "forgets":
            del self.jobs[job["id"]]
            self.state = 3
        else:
            return False
        return True

    def answer(self, operation, attributes, document):
        if operation == 0x000B:
            return OK, bytes([PRINTER]) + self.describe()
        if operation == 0x0005:
            status, described = self.create(attributes)
            return status, bytes([JOB]) + described
        job = self.jobs.get(struct.unpack(">i", attributes.get("job-id", bytes(4)))[0])
        if job is None:
            return NOT_FOUND, b""
        if operation == 0x0009:
            return OK, bytes([JOB]) + self.describe_job(job)
        if operation == 0x0006:
            status, described = self.receive(job, document)
            return status, bytes([JOB]) + described
        if operation == 0x0008:
            return self.cancel(job)
        return UNKNOWN, b""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    printer = None

    def log_message(self, *_):
        pass

    def do_GET(self):
        jobs = [{"name": name, "impressions": job["impressions"], "ended": job["state"] >= CANCELED}
                for name, job in zip(self.printer.seen["names"], self.printer.jobs.values())]
        body = json.dumps({**self.printer.seen, "jobs": jobs, "life": self.printer.life}).encode()
        self.respond("application/json", body)

    def respond(self, kind, body):
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def read_body(self):
        if self.headers.get("Transfer-Encoding", "").lower() != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length", 0)))
        body = b""
        while (size := int(self.rfile.readline().split(b";")[0], 16)) > 0:
            body += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return body

    def do_POST(self):
        printer = self.printer
        if printer.hanging:
            threading.Event().wait()
        if printer.options.fault == "breaks-document" and int(self.headers.get("Content-Length", 0)) > 4096:
            self.rfile.read(2048)
            self.close_connection = True
            return
        body = self.read_body()
        if self.path == "/clear":
            with printer.lock:
                for job in printer.jobs.values():
                    printer.end(job, CANCELED, "job-canceled-at-device")
            return self.respond("text/plain", b"")
        version = body[:2]
        operation, number, attributes, document = read_attributes(body)
        with printer.lock:
            printer.seen["operations"].append(operation)
            status, groups = printer.answer(operation, attributes, document)
        head = version + struct.pack(">HI", status, number)
        common = bytes([OPERATION]) + attribute(CHARSET, "attributes-charset", "utf-8") + attribute(
            LANGUAGE, "attributes-natural-language", "en")
        self.respond("application/ipp", head + common + groups + bytes([END]))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--fault", default="none")
    parser.add_argument("--page", type=int, default=2)
    parser.add_argument("--pages", type=int, default=6)
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--page-time", type=float, default=0.02)
    parser.add_argument("--queued", type=int, default=0)
    parser.add_argument("--counted", type=int, default=0)
    parser.add_argument("--stopped", action="store_true")
    Handler.printer = Printer(parser.parse_args())
    server = ThreadingHTTPServer(("127.0.0.1", Handler.printer.options.port), Handler)
    server.daemon_threads = True
    print(f"ready on {server.server_address[1]}.", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
