"""The JSON Schema of a data file, for editors and for judges other than pydantic."""

from typing import Any, Final

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from mesomix.formulary.schema import DataFile

TITLE: Final = "A data file of mesomix"


def data_file_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a data file.

    JSON has no dates: a TOML date is a text of the format `date` here, as tombi reads it too.
    """
    return {
        "$schema": GenerateJsonSchema.schema_dialect,
        **DataFile.model_json_schema(schema_generator=_OfToml),
        "title": TITLE,
        "x-tombi-toml-version": "v1.0.0",
    }


class _OfToml(GenerateJsonSchema):
    """What pydantic makes of the model, made as exact as TOML allows."""

    def field_title_should_be_set(self, schema: object) -> bool:
        """No titles that only repeat the key."""
        return False

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """TOML has no null: what may be None is absent."""
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """No default where absent means something else than any value."""
        made = super().default_schema(schema)
        return {key: value for key, value in made.items() if (key, value) != ("default", None)}

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        """A key that is no id is an error: pydantic leaves that unsaid."""
        return {**super().dict_schema(schema), "additionalProperties": False}

    def str_schema(self, schema: core_schema.StringSchema) -> JsonSchemaValue:
        """A text of spaces is an empty one where pydantic strips them."""
        made = super().str_schema(schema)
        return {**made, "pattern": r"\S"} if schema.get("strip_whitespace") else made
