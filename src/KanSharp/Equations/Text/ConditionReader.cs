using KanSharp.Equations.Domains;
using KanSharp.Symbolics;

namespace KanSharp.Equations.Text;

/// <summary>
/// Reads conditions: <c>u=0</c>, <c>u(x=-1)=0</c>, <c>u_x(x=1)=y^2</c>, <c>u + 2*u_n = 1</c>, <c>periodic x</c>, <c>u(x=-1)=u(x=1)</c>, <c>p(x=0,y=0)=0</c>.
/// </summary>
/// <param name="domain">The domain.</param>
/// <param name="names">The meaning of names.</param>
/// <param name="initial">Whether a condition without a place stands at the beginning of time rather than on the boundary.</param>
internal sealed class ConditionReader(Domain domain, ProblemNames names, bool initial)
{
    private const string Period = "periodic";
    private readonly ExpressionReader _reader = new(names, normals: true);

    public List<Condition> Read(TextPart text)
    {
        List<Condition> conditions = [];
        List<(string Name, Side Side, TextPart Part)> joined = [];
        foreach (TextPart statement in text.Statements("a condition such as u=0"))
        {
            if (statement.Text.StartsWith(Period, StringComparison.Ordinal) && (statement.Text.Length == Period.Length || !char.IsLetterOrDigit(statement.Text[Period.Length])))
                conditions.AddRange(Periodic(statement));
            else
                Add(statement, conditions, joined);
        }

        return [.. conditions, .. PeriodicText.Conditions(joined, names)];
    }

    /// <summary>"periodic x, y".</summary>
    private IEnumerable<Condition> Periodic(TextPart statement)
    {
        TextPart rest = statement.Slice(Period.Length, statement.Text.Length - Period.Length).Trim();
        foreach (TextPart variable in rest.Split(','))
        {
            int axis = names.Axis(variable.Text);
            Side? side = axis < 0 ? null : domain.Sides.FirstOrDefault(side => side.Axis == axis && side.Opposite is not null);
            yield return side is not null
                ? Condition.Periodic(side)
                : throw variable.Error($"'{variable.Text}' is no variable with two parallel sides; expected '{Period} {domain.Variables[0]}', variables are {string.Join(", ", domain.Variables)}");
        }
    }

    private void Add(TextPart statement, List<Condition> conditions, List<(string Name, Side Side, TextPart Part)> joined)
    {
        (TextPart leftPart, TextPart? rightPart) = statement.Sides("a condition");
        ReadExpression left = _reader.Read(leftPart), right = rightPart is null ? new ReadExpression(Expression.Zero, "0", []) : _reader.Read(rightPart);
        TextPart[] written = [.. left.Places, .. right.Places];
        Place?[] places = [.. written.Select(place => PlaceReader.Read(place, domain))];
        if (left.Expression is VariableExpression one && right.Expression is VariableExpression other && one.Name == other.Name
            && places is [{ Sides: [{ Opposite: { } opposite } side] }, { Sides: [{ } second] }] && second == opposite)
        {
            joined.Add((one.Name, side, statement));
            return;
        }

        Place place = (places.FirstOrDefault(place => place is not null) ?? Usual(statement));
        for (int index = 0; index < places.Length; index++)
        {
            if (places[index] is { } another && !another.Same(place))
                throw written[index].Error("a condition holds in one place, here is another one; only two opposite sides are joined, as in u(x=0)=u(x=1)");
        }

        Expression residual = left.Expression - right.Expression;
        string text = rightPart is null ? $"{left.Text} = 0" : $"{left.Text} = {right.Text}";
        if (!residual.Variables.Any(name => names.TryDerivative(name, out _) || _reader.NormalOf(name) is not null))
            throw statement.Error($"no unknown occurs in this condition; unknowns are {string.Join(", ", names.Unknowns)}");
        conditions.AddRange(Placed(statement, place, residual, text));
    }

    /// <summary>The condition, with normal derivatives written out; one for each flat side, on which they are derivatives by one variable.</summary>
    private IEnumerable<Condition> Placed(TextPart statement, Place place, Expression residual, string text)
    {
        string[] slopes = [.. residual.Variables.Where(name => _reader.NormalOf(name) is not null)];
        bool normal = slopes.Length > 0 || residual.Variables.Any(name => names.NormalAxis(name) >= 0 && !names.TryDerivative(name, out _));
        if (normal && place.Point is not null)
            throw statement.Error("there is no normal at a point; a condition with u_n or n_x holds on sides");
        if (slopes.Length == 0)
            return [place.Condition(Residual.Of(residual, text))];
        IEnumerable<IGrouping<object, Side>> groups = place.Sides.GroupBy(side => side.Axis is null ? (object)"curved" : side);
        return groups.Select(group => Condition.On(group, Residual.Of(residual.Substitute(slopes.ToDictionary(name => name, name => NormalDerivative.Of(domain, group.First(), _reader.NormalOf(name)!))), text)));
    }

    private Place Usual(TextPart statement)
    {
        Side[] sides = initial
            ? [.. domain.Sides.Where(side => side.IsInitial)]
            : [.. domain.Sides.Where(side => !side.IsInitial && !side.IsFinal)];
        if (sides.Length == 0 && initial && domain.Dimension == 1)
            sides = [domain.Sides[0]];
        if (sides.Length > 0)
            return new Place(sides, null);
        throw statement.Error(initial
            ? "the domain has no time, so no beginning of it; say where, as in u(x=0)=1, or give the domain a range of t"
            : $"the domain has no boundary but the beginning and end of time; say where, as in {names.Unknowns[0]}({domain.Sides[0].Name})=1");
    }
}
