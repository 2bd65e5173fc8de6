using System.Text.Json;
using KanSharp.Autodiff;
using KanSharp.Equations;
using KanSharp.Equations.Domains;
using KanSharp.Symbolics;

namespace KanSharp.Interchange;

/// <summary>A differential equation with domain, conditions and data as members of a JSON object. Expressions are parsed, never run as code.</summary>
internal static class ProblemJson
{
    public static void Write(Utf8JsonWriter json, EquationProblem problem)
    {
        json.WriteString("name", problem.Name);
        json.WriteString("domain", problem.Domain.ToString());
        Side? initial = problem.Domain.Sides.FirstOrDefault(side => side.IsInitial);
        if (initial is not null)
            json.WriteString("time", problem.Domain.Variables[initial.Axis!.Value]);
        json.WriteStartArray("unknowns");
        foreach (string unknown in problem.Unknowns)
            json.WriteStringValue(unknown);
        json.WriteEndArray();
        json.WriteStartArray("equations");
        foreach (Residual equation in problem.Equations)
        {
            json.WriteStartObject();
            Write(json, equation);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("conditions");
        foreach (Condition condition in problem.Conditions)
            Write(json, condition);
        json.WriteEndArray();
        json.WriteStartArray("coefficients");
        foreach (UnknownCoefficient coefficient in problem.Coefficients)
        {
            json.WriteStartObject();
            json.WriteString("name", coefficient.Name);
            json.WriteNumber("start", coefficient.Start);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        Write(json, "reference", problem.Reference);
        Write(json, "features", problem.Features);
        Write(json, "known_parts", problem.KnownParts);
        json.WriteStartArray("data");
        foreach (Observations data in problem.Data)
        {
            json.WriteStartObject();
            json.WriteString("unknown", data.Unknown);
            json.WriteNumber("weight", data.Weight);
            Write(json, "points", data.Points);
            json.WriteStartArray("values");
            foreach (double value in data.Values)
                json.WriteNumberValue(value);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Whether an equation or condition is code, which no file keeps.</summary>
    public static bool HasCode(JsonElement root) => root.GetProperty("equations").EnumerateArray().Concat(root.GetProperty("conditions").EnumerateArray())
        .Any(residual => residual.TryGetProperty("text", out _) && !residual.TryGetProperty("expression", out _));

    /// <exception cref="FormatException">A text can not be read.</exception>
    /// <exception cref="ArgumentException">The parts do not fit together.</exception>
    public static EquationProblem Read(JsonElement root)
    {
        string? time = root.TryGetProperty("time", out JsonElement name) ? name.GetString() : null;
        Domain domain = DomainText.Parse(ModelSpecJson.Text(root, "domain"), time is not null, time ?? "t");
        return new EquationProblem(domain, [.. root.GetProperty("unknowns").EnumerateArray().Select(unknown => unknown.GetString()!)])
        {
            Name = ModelSpecJson.Text(root, "name"),
            Equations = [.. root.GetProperty("equations").EnumerateArray().Select(ReadResidual)],
            Conditions = [.. root.GetProperty("conditions").EnumerateArray().Select(condition => ReadCondition(condition, domain))],
            Coefficients = [.. root.GetProperty("coefficients").EnumerateArray().Select(one => new UnknownCoefficient(ModelSpecJson.Text(one, "name"), one.GetProperty("start").GetDouble()))],
            Reference = ReadExpressions(root, "reference"),
            Features = ReadExpressions(root, "features"),
            KnownParts = ReadExpressions(root, "known_parts"),
            Data =
            [
                .. root.GetProperty("data").EnumerateArray().Select(data => new Observations(
                    ModelSpecJson.Text(data, "unknown"), ReadPoints(data.GetProperty("points"), domain), [.. data.GetProperty("values").EnumerateArray().Select(value => value.GetDouble())],
                    data.GetProperty("weight").GetDouble())),
            ],
        };
    }

    private static void Write(Utf8JsonWriter json, Residual residual)
    {
        json.WriteString("text", residual.Text);
        if (residual.Expression is { } expression)
            json.WriteString("expression", expression.ToString());
    }

    private static void Write(Utf8JsonWriter json, Condition condition)
    {
        json.WriteStartObject();
        if (condition.IsPeriodic)
        {
            json.WriteString("periodic", condition.Sides[0].Name);
        }
        else
        {
            Write(json, condition.Residual!);
            json.WriteNumber("weight", condition.Weight);
            if (condition.Points is { } points)
            {
                Write(json, "points", points);
            }
            else
            {
                json.WriteStartArray("sides");
                foreach (Side side in condition.Sides)
                    json.WriteStringValue(side.Name);
                json.WriteEndArray();
            }
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyDictionary<string, Expression> expressions)
    {
        json.WriteStartObject(name);
        foreach ((string key, Expression expression) in expressions)
            json.WriteString(key, expression.ToString());
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, Tensor<double> points)
    {
        json.WriteStartArray(name);
        foreach (double coordinate in points.Span)
            json.WriteNumberValue(coordinate);
        json.WriteEndArray();
    }

    private static Residual ReadResidual(JsonElement residual) => Residual.Of(Expression.Parse(ModelSpecJson.Text(residual, "expression")), ModelSpecJson.Text(residual, "text"));

    private static Condition ReadCondition(JsonElement condition, Domain domain)
    {
        if (condition.TryGetProperty("periodic", out JsonElement side))
            return Condition.Periodic(Named(side.GetString()!, domain));
        double weight = condition.GetProperty("weight").GetDouble();
        return condition.TryGetProperty("points", out JsonElement points)
            ? Condition.At(ReadPoints(points, domain), ReadResidual(condition), weight)
            : Condition.On(condition.GetProperty("sides").EnumerateArray().Select(name => Named(name.GetString()!, domain)), ReadResidual(condition), weight);
    }

    private static Side Named(string name, Domain domain) =>
        domain.Sides.FirstOrDefault(side => side.Name == name) ?? throw new FormatException($"the domain {domain} has no side '{name}'");

    private static Tensor<double> ReadPoints(JsonElement points, Domain domain)
    {
        double[] values = [.. points.EnumerateArray().Select(value => value.GetDouble())];
        return new Tensor<double>(new Shape(values.Length / domain.Dimension, domain.Dimension), values);
    }

    private static Dictionary<string, Expression> ReadExpressions(JsonElement root, string name) =>
        root.GetProperty(name).EnumerateObject().ToDictionary(member => member.Name, member => Expression.Parse(member.Value.GetString()!));
}
