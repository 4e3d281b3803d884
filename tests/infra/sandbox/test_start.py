"""When the sandbox does not start, it says why in Russian."""

from tests.infra.sandbox.process import free_port, run_to_end


def arguments(folder, port=None):
    return "--port", str(port or free_port()), "--smtp-port", str(free_port()), "--data", str(folder)


def test_never_in_production(tmp_path):
    ended = run_to_end(*arguments(tmp_path / "data"), PULT_ENV="production")
    assert (ended.returncode, "в рабочей среде" in ended.stderr) == (2, True)
    assert not (tmp_path / "data").exists()


def test_not_without_credentials(tmp_path):
    ended = run_to_end(*arguments(tmp_path), SANDBOX_S3_SECRET_KEY="")
    assert (ended.returncode, "SANDBOX_S3_SECRET_KEY" in ended.stderr) == (2, True)
    ended = run_to_end(*arguments(tmp_path), SANDBOX_S3_CREDENTIALS="[{}]")
    assert (ended.returncode, "список JSON" in ended.stderr) == (2, True)


def test_not_on_a_busy_port(sandbox, tmp_path):
    ended = run_to_end(*arguments(tmp_path, sandbox.port))
    assert (ended.returncode, f"Порт {sandbox.port}" in ended.stderr) == (2, True)
    assert "Traceback" not in ended.stderr


def test_not_twice_over_one_folder(sandbox):
    ended = run_to_end(*arguments(sandbox.data))
    assert (ended.returncode, "уже работает" in ended.stderr) == (2, True)


def test_not_over_a_file(tmp_path):
    (tmp_path / "file").write_text("")
    ended = run_to_end(*arguments(tmp_path / "file"))
    assert (ended.returncode, "Не удалось открыть папку" in ended.stderr) == (2, True)
