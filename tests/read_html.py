"""HTML as a browser would read it, for the tests of what is shown."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

VOID: Final = {"meta", "link", "br", "hr", "img", "input"}


@dataclass
class Node:
    """An element, with what it holds: elements and texts, in their order."""

    tag: str
    attributes: dict[str, str]
    children: "list[Node | str]" = field(default_factory=list)

    @property
    def text(self) -> str:
        """All text in it but that of style sheets, with single spaces."""
        return " ".join("".join(self._texts()).split())

    def _texts(self) -> Iterator[str]:
        for child in self.children if self.tag != "style" else ():
            if isinstance(child, str):
                yield child
            else:
                yield from child._texts()
                yield " "

    def all(self, tag: str = "", kind: str = "") -> "list[Node]":
        """The elements in it of that tag, and with that word in their class."""
        found: list[Node] = []
        for child in self.children:
            if isinstance(child, Node):
                if tag in {"", child.tag} and (not kind or kind in child.kinds):
                    found.append(child)
                found += child.all(tag, kind)
        return found

    @property
    def kinds(self) -> list[str]:
        """The words of its class."""
        return self.attributes.get("class", "").split()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.path = [Node("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.path[-1].children.append(node)
        if tag not in VOID:
            self.path.append(node)

    def handle_endtag(self, tag: str) -> None:
        assert self.path[-1].tag == tag, f"</{tag}> closes <{self.path[-1].tag}>"
        self.path.pop()

    def handle_data(self, data: str) -> None:
        self.path[-1].children.append(data)


def read_html(html: str) -> Node:
    """What `html` holds; AssertionError where an element is not closed in its place."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert len(reader.path) == 1, [node.tag for node in reader.path]
    return reader.path[0]


def assert_harmless(tree: Node) -> None:
    """Nothing in it runs, and nothing of it is loaded."""
    for node in tree.all():
        assert node.tag not in {"script", "img", "link", "iframe", "object", "form"}, node.tag
        for name, value in node.attributes.items():
            assert not name.startswith("on"), name
            assert name not in {"src", "style", "srcset", "id"}, name
            assert name != "href" or value.startswith(("https://", "http://")), value
        if node.tag == "style":
            css = "".join(child for child in node.children if isinstance(child, str))
            assert "url(" not in css
            assert "@import" not in css
