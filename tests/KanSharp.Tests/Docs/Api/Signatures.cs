using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace KanSharp.Tests.Docs.Api;

/// <summary>Declarations as C# writes them, short: names without namespaces, no bodies, no attributes.</summary>
internal static class Signatures
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(char)] = "char",
        [typeof(double)] = "double",
        [typeof(float)] = "float",
        [typeof(int)] = "int",
        [typeof(long)] = "long",
        [typeof(object)] = "object",
        [typeof(short)] = "short",
        [typeof(string)] = "string",
        [typeof(uint)] = "uint",
        [typeof(ulong)] = "ulong",
        [typeof(void)] = "void",
    };

    private static readonly Dictionary<string, string> Operators = new()
    {
        ["op_Addition"] = "+",
        ["op_Subtraction"] = "-",
        ["op_Multiply"] = "*",
        ["op_Division"] = "/",
        ["op_UnaryNegation"] = "-",
        ["op_Equality"] = "==",
        ["op_Inequality"] = "!=",
        ["op_ExclusiveOr"] = "^",
    };

    /// <summary>A type by its name: <c>IReadOnlyList&lt;Var&lt;T&gt;&gt;</c>.</summary>
    public static string Name(Type type)
    {
        if (type.IsByRef)
            return Name(type.GetElementType()!);
        if (Keywords.TryGetValue(type, out string? keyword))
            return keyword;
        if (type.IsArray)
            return Name(type.GetElementType()!) + "[" + new string(',', type.GetArrayRank() - 1) + "]";
        if (Nullable.GetUnderlyingType(type) is { } value)
            return Name(value) + "?";
        if (type.FullName?.StartsWith("System.ValueTuple`", StringComparison.Ordinal) == true)
            return $"({string.Join(", ", type.GetGenericArguments().Select(Name))})";
        string name = type.Name.Split('`')[0];
        return type.IsGenericType ? $"{name}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : name;
    }

    /// <summary>What kind of type it is.</summary>
    public static string Kind(Type type) =>
        type.IsEnum ? "enum"
        : typeof(Delegate).IsAssignableFrom(type) ? "delegate"
        : type.IsInterface ? "interface"
        : type.IsValueType ? (type.IsByRefLike ? "ref struct" : IsRecord(type) ? "record struct" : "struct")
        : (type.IsAbstract && type.IsSealed ? "static class" : (type.IsAbstract ? "abstract " : "") + (IsRecord(type) ? "record" : "class"));

    /// <summary>A member's declaration.</summary>
    public static string Of(MemberInfo member) => member switch
    {
        FieldInfo field => $"{(field.IsLiteral ? "const " : field.IsStatic ? "static " : "")}{Name(field.FieldType)} {field.Name}{(field.IsLiteral ? " = " + Literal(field.GetRawConstantValue(), field.FieldType) : "")}",
        PropertyInfo property => Property(property),
        EventInfo @event => $"event {Name(@event.EventHandlerType!)} {@event.Name}",
        ConstructorInfo constructor => $"{constructor.DeclaringType!.Name.Split('`')[0]}({Parameters(constructor)})",
        MethodInfo method => Method(method),
        _ => throw new NotSupportedException(member.ToString()),
    };

    /// <summary>Whether a type is a record.</summary>
    public static bool IsRecord(Type type) => type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly) is not null;

    private static string Property(PropertyInfo property)
    {
        MethodInfo any = property.GetMethod ?? property.SetMethod!;
        string accessors = property.GetMethod is { IsPublic: true } ? "get; " : "";
        if (property.SetMethod is { IsPublic: true } set)
            accessors += set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? "init; " : "set; ";
        ParameterInfo[] index = property.GetIndexParameters();
        string name = index.Length == 0 ? property.Name : $"this[{string.Join(", ", index.Select(Parameter))}]";
        string required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
        return $"{Modifiers(any)}{required}{Annotated(Name(property.PropertyType), Context().Create(property))} {name} {{ {accessors}}}";
    }

    private static string Method(MethodInfo method)
    {
        string generics = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : "";
        string result = Annotated(Name(method.ReturnType), Context().Create(method.ReturnParameter));
        string name = method.Name switch
        {
            "op_Implicit" => $"implicit operator {result}",
            "op_Explicit" => $"explicit operator {result}",
            _ => Operators.TryGetValue(method.Name, out string? sign) ? $"{result} operator {sign}" : $"{result} {method.Name}",
        };
        string first = method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "";
        return $"{Modifiers(method)}{name}{generics}({first}{Parameters(method)})";
    }

    private static string Modifiers(MethodBase method) =>
        method.IsStatic ? "static " : method.DeclaringType!.IsInterface ? ""
        : method.IsAbstract ? "abstract " : method is MethodInfo info && info.GetBaseDefinition() != info ? "override " : method is { IsVirtual: true, IsFinal: false } ? "virtual " : "";

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        string passing = parameter.IsOut ? "out " : parameter.ParameterType.IsByRef ? (parameter.IsIn ? "in " : "ref ")
            : parameter.IsDefined(typeof(ParamArrayAttribute)) || parameter.IsDefined(typeof(ParamCollectionAttribute)) ? "params " : "";
        string standard = parameter.HasDefaultValue ? " = " + Literal(parameter.DefaultValue, parameter.ParameterType) : "";
        return $"{passing}{Annotated(Name(parameter.ParameterType), Context().Create(parameter))} {parameter.Name}{standard}";
    }

    private static string Annotated(string name, NullabilityInfo info) =>
        info.ReadState == NullabilityState.Nullable && !name.EndsWith('?') && !info.Type.IsGenericParameter ? name + "?" : name;

    private static NullabilityInfoContext Context() => new();

    private static string Literal(object? value, Type type) => value switch
    {
        null => type.IsValueType && Nullable.GetUnderlyingType(type) is null ? "default" : "null",
        bool flag => flag ? "true" : "false",
        string text => $"\"{text}\"",
        double number when double.IsNaN(number) => "double.NaN",
        _ when (Nullable.GetUnderlyingType(type) ?? type) is { IsEnum: true } names => $"{names.Name}.{Enum.GetName(names, value)}",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };
}
