"""A card reader of the tests' own: ISO 7816 commands to the virtual card, in the frames of src/card/frame.hpp."""
import socket
import struct

from installation import PATIENCE, wait_for

NEW_PIN = "4321"
JPKI, AUTHENTICATION_PIN = bytes.fromhex("D392F000260100000001"), bytes.fromhex("0018")


class Reader:
    def __init__(self, place):
        self.socket = wait_for("the card lies on the reader", lambda: self.connect(place.base + 20))
        self.send(b"\x01")  # power on

    @staticmethod
    def connect(port):
        try:
            return socket.create_connection(("127.0.0.1", port), PATIENCE)
        except OSError:
            return None

    def close(self):
        self.socket.close()

    def send(self, content):
        self.socket.sendall(struct.pack(">H", len(content)) + content)

    def receive(self, size):
        content = b""
        while len(content) < size:
            part = self.socket.recv(size - len(content))
            if not part:
                raise ConnectionError("the card is gone")
            content += part
        return content

    def command(self, head, data):
        """The card's status word."""
        self.send(bytes.fromhex(head) + bytes([len(data)]) + data)
        answer = self.receive(struct.unpack(">H", self.receive(2))[0])
        return answer[-2:].hex()

    def change_pin(self, old, new):
        steps = [("00A4040C", JPKI), ("00A4020C", AUTHENTICATION_PIN), ("00200080", old.encode()), ("00240180", new.encode())]
        for head, data in steps:
            if (said := self.command(head, data)) != "9000":
                raise AssertionError(f"the card answers {head} with {said}")
