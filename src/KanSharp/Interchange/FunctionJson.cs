using System.Text.Json;
using KanSharp.Symbolics;

namespace KanSharp.Interchange;

/// <summary>
/// The user's own functions of symbolic edges as JSON: name, expression in x and complexity. Functions of the library are known by their names alone. An expression
/// is parsed, never run as code.
/// </summary>
internal static class FunctionJson
{
    private const string Key = "functions";
    private const int MostFunctions = 1000;
    private const int LongestExpression = 10_000;

    public static void Write(Utf8JsonWriter json, IEnumerable<CatalogFunction> functions)
    {
        CatalogFunction[] own = [.. functions.Where(function => FunctionCatalog.Standard.Find(function.Name) != function).Distinct()];
        if (own.Length == 0)
            return;
        if (Array.Find(own, function => function.Threshold is not null) is { } guarded)
            throw new NotSupportedException($"The function '{guarded.Name}' has pykan's protection against singularities, which a file does not keep. Save the network with the function itself.");

        // Two of the same name and definition, one loaded and one given anew, are the same function
        own = [.. own.DistinctBy(function => (function.Name, function.Complexity, function.Apply(Expression.Variable("x"))))];
        if (Array.Find(own, function => FunctionCatalog.Standard.Find(function.Name) is not null || own.Count(other => other.Name == function.Name) > 1) is { } twin)
            throw new NotSupportedException($"The network has two different functions '{twin.Name}', or one of the user's with the name of a function of the library: a file knows functions by name. Rename it.");
        json.WriteStartArray(Key);
        foreach (CatalogFunction function in own)
        {
            json.WriteStartObject();
            json.WriteString("name", function.Name);
            json.WriteString("expression", function.Apply(Expression.Variable("x")).ToString());
            json.WriteNumber("complexity", function.Complexity);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>The catalogue of the library with the functions that a structure brings.</summary>
    /// <exception cref="FormatException">Too many functions, an expression that is too long or none.</exception>
    /// <exception cref="ArgumentException">A name that is taken, or another variable than x.</exception>
    public static FunctionCatalog Read(JsonElement root)
    {
        FunctionCatalog catalog = FunctionCatalog.Standard;
        if (!root.TryGetProperty(Key, out JsonElement functions))
            return catalog;
        if (functions.GetArrayLength() > MostFunctions)
            throw new FormatException($"'{Key}' has {functions.GetArrayLength()} entries; at most {MostFunctions} are read");
        foreach (JsonElement function in functions.EnumerateArray())
        {
            string expression = ModelSpecJson.Text(function, "expression");
            if (expression.Length > LongestExpression)
                throw new FormatException($"an expression has {expression.Length} characters; at most {LongestExpression} are read");
            catalog = catalog.With(ModelSpecJson.Text(function, "name"), expression, function.GetProperty("complexity").GetInt32());
        }

        return catalog;
    }
}
