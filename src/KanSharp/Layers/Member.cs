using System.Numerics;
using KanSharp.Autodiff;

namespace KanSharp.Layers;

/// <summary>A named part of a module: a parameter, a state tensor or a sub-module. Made from a tuple by implicit conversion.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public readonly struct Member<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private Member(string name, object item)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(item);
        Name = name;
        Item = item;
    }

    /// <summary>The name, one segment of a parameter's path.</summary>
    public string Name { get; }

    /// <summary>A <see cref="Parameter{T}"/>, <see cref="StateTensor{T}"/> or <see cref="Module{T}"/>.</summary>
    internal object Item { get; }

    /// <summary>A parameter as a member.</summary>
    public static implicit operator Member<T>((string Name, Parameter<T> Item) member) => new(member.Name, member.Item);

    /// <summary>A state tensor as a member.</summary>
    public static implicit operator Member<T>((string Name, StateTensor<T> Item) member) => new(member.Name, member.Item);

    /// <summary>A sub-module as a member.</summary>
    public static implicit operator Member<T>((string Name, Module<T> Item) member) => new(member.Name, member.Item);
}
