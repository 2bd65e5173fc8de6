using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Layers;

namespace KanSharp.Tests.Training;

/// <summary>A module that only holds parameters p0, p1, …</summary>
internal sealed class ParameterBag<T>(params T[][] values) : Module<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Parameter<T>[] _items = [.. values.Select(row => new Parameter<T>(Tensor<T>.From([.. row])))];

    public Parameter<T> this[int index] => _items[index];

    public override IReadOnlyList<Member<T>> Members => [.. _items.Select((item, index) => (Member<T>)($"p{index}", item))];

    public override Var<T> Forward(Var<T> x) => x;
}
