# exercise: stride
# verdict: WRONG
# tries: to recover open() and processes through the graph of objects


def conv2d(x, w, b, stride=1, padding=0):
    for kind in ().__class__.__base__.__subclasses__():
        if kind.__name__ in ("FileIO", "Popen", "FileLoader", "zipimporter"):
            for way in (
                lambda: kind("@COURSE@/secret.txt").read(),
                lambda: kind(["/bin/sh", "-c", "id"]),
                lambda: kind("x", "@COURSE@/secret.txt").get_data("@COURSE@/secret.txt"),
            ):
                try:
                    got = way()
                except (OSError, TypeError, AttributeError, ImportError):
                    continue
                raise RuntimeError(f"BREACH {kind}: {got!r}")
        names = getattr(getattr(kind, "__init__", None), "__globals__", {})
        system = names.get("system")
        if system is not None:
            try:
                code = system("true")
            except OSError:
                continue
            if code == 0:
                raise RuntimeError("BREACH a shell ran")
