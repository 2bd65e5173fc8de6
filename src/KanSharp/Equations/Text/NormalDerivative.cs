using KanSharp.Equations.Domains;
using KanSharp.Symbolics;

namespace KanSharp.Equations.Text;

/// <summary>The derivative along the outward normal: ±u_x on a flat side, n_x·u_x + n_y·u_y elsewhere. Time has no part in it.</summary>
internal static class NormalDerivative
{
    public static Expression Of(Domain domain, Side side, string unknown)
    {
        if (side.Axis is int axis)
        {
            var point = new double[domain.Dimension];
            var normal = new double[domain.Dimension];
            point[axis] = side.Value!.Value;
            side.Normal(point, normal);
            return Math.Sign(normal[axis]) * Expression.Variable($"{unknown}_{domain.Variables[axis]}");
        }

        HashSet<int?> time = [.. domain.Sides.Where(other => other.IsInitial).Select(other => other.Axis)];
        return Expression.Sum(Enumerable.Range(0, domain.Dimension).Where(index => !time.Contains(index))
            .Select(index => Expression.Variable($"n_{domain.Variables[index]}") * Expression.Variable($"{unknown}_{domain.Variables[index]}")));
    }
}
