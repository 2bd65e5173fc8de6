using System.Text.Json;
using System.Text.Json.Serialization;
using KanSharp.Extensions.DependencyInjection;
using Microsoft.AspNetCore.Mvc;

namespace AspNetPredictor;

/// <summary>What POST /predict takes: rows by column name, numbers or texts.</summary>
internal sealed record PredictRequest(IReadOnlyList<Dictionary<string, PredictorCell>>? Rows);

/// <summary>What it gives: one answer for each row.</summary>
internal sealed record PredictResponse(IReadOnlyList<RowResponse> Predictions);

/// <summary>Values by target; for a classifier the class and a probability for each.</summary>
internal sealed record RowResponse(Dictionary<string, double> Values, string? Class);

/// <summary>What GET /model gives.</summary>
internal sealed record ModelResponse(string Task, IReadOnlyList<ColumnResponse> Columns, IReadOnlyList<string> Targets, IReadOnlyList<string> Classes);

/// <summary>A column of the model: a number with its unit, or one of some texts.</summary>
internal sealed record ColumnResponse(string Name, string? Unit, IReadOnlyList<string>? Texts);

/// <summary>Reads and writes them without reflection.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PredictRequest))]
[JsonSerializable(typeof(PredictResponse))]
[JsonSerializable(typeof(ModelResponse))]
[JsonSerializable(typeof(ProblemDetails))]
internal sealed partial class Messages : JsonSerializerContext;
