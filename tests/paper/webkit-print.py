"""Prints pages through WebKitGTK into PDF files, for the tests: WebKit's driver has no command for it.

Each line of the input is a JSON object, and is answered by one line when the file is there:
  {"address": …, "file": …, "script": true, "dialog": true, "press": false}
`script`: whether the page's JavaScript runs. `dialog`: wait until the page opens the print dialog, in whose place a note is
made. `press`: press Ctrl+P first. The answer is {"notes": […]}: what was odd.
Needs a screen (`xvfb-run`), and Debian's python3-gi and gir1.2-webkit2-4.1.
"""

import json
import os
import sys
import tempfile
from pathlib import Path

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import GLib, Gtk, WebKit2  # noqa: E402

PATIENCE_MILLISECONDS = 20_000
POLL_MILLISECONDS = 50
NOTE_IN_PLACE_OF_DIALOG = "window.print = () => { window.gisaPrints = (window.gisaPrints ?? 0) + 1; };"
# True where the page takes the key. Where every picture is there already, it is left to the browser.
PRESS = """!document.body.dispatchEvent(new KeyboardEvent('keydown',
  { key: 'p', code: 'KeyP', ctrlKey: true, bubbles: true, cancelable: true }))"""
PICTURES_ARE_THERE = """[...document.querySelectorAll('.article-sheet img')].every((image) => image.complete)"""


class Failure(Exception):
    pass


def wait(poll):
    """Runs the main loop until `poll` says something else than None, which is returned; None when it takes too long."""
    result = []
    loop = GLib.MainLoop()

    def look():
        found = poll()
        if found is None:
            return True
        result.append(found)
        loop.quit()
        return False

    timer = GLib.timeout_add(PATIENCE_MILLISECONDS, lambda: loop.quit() or True)
    poller = GLib.timeout_add(POLL_MILLISECONDS, look)
    loop.run()
    GLib.source_remove(timer)
    if not result:
        GLib.source_remove(poller)
        return None
    return result[0]


class Printer:
    def __init__(self):
        self.window = Gtk.OffscreenWindow()
        self.window.set_default_size(1280, 800)
        self.view = None

    def open(self, has_script):
        content = WebKit2.UserContentManager()
        content.add_script(
            WebKit2.UserScript.new(
                NOTE_IN_PLACE_OF_DIALOG,
                WebKit2.UserContentInjectedFrames.TOP_FRAME,
                WebKit2.UserScriptInjectionTime.START,
                None,
                None,
            )
        )
        if self.view:
            self.window.remove(self.view)
            self.view.destroy()
        self.view = WebKit2.WebView(user_content_manager=content)
        settings = self.view.get_settings()
        # The page's own scripts; those of this program run all the same.
        settings.set_enable_javascript_markup(has_script)
        settings.set_print_backgrounds(False)
        self.window.add(self.view)
        self.window.show_all()

    def ask(self, script):
        """The value of an expression in the page, as JSON has it; None when the page does not answer."""
        answers = []

        def answered(view, result):
            try:
                answers.append(json.loads(view.evaluate_javascript_finish(result).to_json(0)))
            except GLib.Error as error:
                answers.append(None)
                print(error.message, file=sys.stderr)

        self.view.evaluate_javascript(script, -1, None, None, None, answered)
        found = wait(lambda: tuple(answers) or None)
        return found[0] if found else None

    def eventually(self, script):
        """Waits until an expression is true in the page. False when that takes too long."""
        for _ in range(PATIENCE_MILLISECONDS // POLL_MILLISECONDS):
            if self.ask(script):
                return True
        return False

    def load(self, address):
        ended = []

        def changed(_, event):
            if event == WebKit2.LoadEvent.FINISHED:
                ended.append(True)

        self.view.connect("load-changed", changed)
        self.view.connect("load-failed", lambda *failed: ended.append(str(failed[-1].message)) or False)
        self.view.load_uri(address)
        if wait(lambda: True if ended else None) is None:
            raise Failure(f"{address} did not load")
        if ended[0] is not True:
            raise Failure(f"{address}: {ended[0]}")

    def print_to(self, file):
        settings = Gtk.PrintSettings()
        settings.set_printer("Print to File")
        settings.set(Gtk.PRINT_SETTINGS_OUTPUT_URI, Path(file).absolute().as_uri())
        settings.set(Gtk.PRINT_SETTINGS_OUTPUT_FILE_FORMAT, "pdf")
        paper = Gtk.PaperSize.new(Gtk.PAPER_NAME_A4)
        settings.set_paper_size(paper)
        setup = Gtk.PageSetup()
        setup.set_paper_size_and_default_margins(paper)
        operation = WebKit2.PrintOperation.new(self.view)
        operation.set_print_settings(settings)
        operation.set_page_setup(setup)
        ended = []
        operation.connect("finished", lambda *_: ended.append(True))
        operation.connect("failed", lambda _, error: ended.append(error.message))
        operation.print_()
        if wait(lambda: True if ended else None) is None:
            raise Failure(f"printing into {file} did not end")
        if ended[0] is not True:
            raise Failure(f"printing into {file}: {ended[0]}")

    def job(self, address, file, script=True, dialog=True, press=False):
        notes = []
        self.open(script)
        self.load(address)
        if press:
            if not self.eventually("document.documentElement.hasAttribute('data-awake')"):
                notes.append("the program does not start")
            dialog = self.ask(PRESS)
        if dialog and not self.eventually("window.gisaPrints > 0"):
            notes.append("the page never opened the print dialog")
        if not self.eventually(PICTURES_ARE_THERE):
            notes.append("a picture never came")
        self.print_to(file)
        return notes


def main():
    printer = Printer()
    for line in sys.stdin:
        try:
            answer = {"notes": printer.job(**json.loads(line))}
        except Failure as failure:
            answer = {"error": str(failure)}
        print(json.dumps(answer, ensure_ascii=False), flush=True)


main()
