"""A library in which words are looked for where they are written, and nothing by what it means."""


def test_words_are_found_where_they_are_written_until_meaning_is_wanted(sightline, engine, pictures):
    settings = sightline.data / "settings.toml"
    settings.write_text(settings.read_text("utf-8") + "by_meaning = false\n", "utf-8")
    one = engine()
    one.ask("add_folder", path=str(pictures))
    assert one.settled(120)["vectors"] == 12, "so that pictures find pictures"

    (only,) = one.search(1, text="picture-03")
    assert (only["stage"], only["final"], only["note"]) == ("words", True, "")
    assert [hit["path"] for hit in only["hits"]] == [str(pictures / "picture-03.png")]
    (nothing,) = one.search(2, text="a red circle")
    assert nothing["hits"] == []
    assert nothing["note"].startswith("Only words were looked for")
    by_picture = one.search(3, images=[str(pictures / "picture-03.png")])
    assert by_picture[-1]["stage"] == "reranked"
    assert by_picture[-1]["hits"][0]["path"] == str(pictures / "picture-03.png")
    assert sightline("search", "a red circle", "--json").json["results"] == []
    assert sightline("search", "picture-03", "--json").json["total"] == 1

    settings.write_text(
        settings.read_text("utf-8").replace("by_meaning = false", "by_meaning = true"), "utf-8"
    )
    one.ask("reload_settings")
    assert [stage["stage"] for stage in one.search(4, text="a red circle")][-1] == "reranked"
