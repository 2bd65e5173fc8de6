using System.Reflection;

namespace KanSharp.Tests.Docs.Api;

/// <summary>The identifiers under which the compiler stores documentation comments (C# specification, annex D.4.2).</summary>
internal static class DocIds
{
    /// <summary>The identifier of a type or a member.</summary>
    public static string Of(MemberInfo member) => member switch
    {
        Type type => "T:" + TypeName(type),
        FieldInfo field => $"F:{TypeName(field.DeclaringType!)}.{field.Name}",
        EventInfo @event => $"E:{TypeName(@event.DeclaringType!)}.{@event.Name}",
        PropertyInfo property => $"P:{TypeName(property.DeclaringType!)}.{property.Name.Replace('.', '#')}{Parameters(property.GetIndexParameters())}",
        ConstructorInfo constructor => $"M:{TypeName(constructor.DeclaringType!)}.#ctor{Parameters(constructor.GetParameters())}",
        MethodInfo method => Method(method),
        _ => throw new NotSupportedException(member.ToString()),
    };

    /// <summary>The definition that a member of a constructed type comes from.</summary>
    public static MemberInfo Definition(MemberInfo member) => member.DeclaringType is { IsConstructedGenericType: true } constructed
        ? constructed.GetGenericTypeDefinition().GetMemberWithSameMetadataDefinitionAs(member)
        : member;

    private static string Method(MethodInfo method)
    {
        string arity = method.IsGenericMethod ? "``" + method.GetGenericArguments().Length : "";
        string result = method.Name is "op_Implicit" or "op_Explicit" ? "~" + Reference(method.ReturnType) : "";
        return $"M:{TypeName(method.DeclaringType!)}.{method.Name.Replace('.', '#')}{arity}{Parameters(method.GetParameters())}{result}";
    }

    private static string Parameters(ParameterInfo[] parameters) =>
        parameters.Length == 0 ? "" : $"({string.Join(',', parameters.Select(parameter => Reference(parameter.ParameterType)))})";

    private static string TypeName(Type type) => (type.FullName ?? $"{type.Namespace}.{type.Name}").Replace('+', '.');

    /// <summary>A type as it stands in a list of parameters.</summary>
    private static string Reference(Type type)
    {
        if (type.IsByRef)
            return Reference(type.GetElementType()!) + "@";
        if (type.IsPointer)
            return Reference(type.GetElementType()!) + "*";
        if (type.IsArray)
            return Reference(type.GetElementType()!) + (type.GetArrayRank() == 1 ? "[]" : $"[{string.Join(',', Enumerable.Repeat("0:", type.GetArrayRank()))}]");
        if (type.IsGenericParameter)
            return (type.DeclaringMethod is null ? "`" : "``") + type.GenericParameterPosition;
        if (!type.IsGenericType)
            return TypeName(type);
        // the arguments of an outer type come first, each type takes its own
        Type[] arguments = type.GetGenericArguments();
        List<string> parts = [];
        int taken = 0;
        foreach (Type part in Outer(type))
        {
            int own = part.GetGenericArguments().Length - taken;
            string name = part.Name.Split('`')[0];
            parts.Add(own == 0 ? name : $"{name}{{{string.Join(',', arguments.Skip(taken).Take(own).Select(Reference))}}}");
            taken += own;
        }

        return $"{type.Namespace}.{string.Join('.', parts)}";
    }

    private static IEnumerable<Type> Outer(Type type) => type.DeclaringType is { } outer ? Outer(outer).Append(type) : [type];
}
