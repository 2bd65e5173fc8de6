using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace KanSharp.Tests.Docs.Api;

/// <summary>The reference of an assembly's public surface: one Markdown page for each namespace, from its types and documentation comments.</summary>
internal sealed class ApiPages(Assembly assembly, DocComments comments)
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>Public members that have no summary.</summary>
    public List<string> Undocumented { get; } = [];

    /// <summary>The namespaces with public types, in the order of names.</summary>
    public IReadOnlyList<string> Namespaces { get; } = [.. assembly.GetExportedTypes().Select(type => type.Namespace!).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The page of a namespace.</summary>
    public string Page(string @namespace)
    {
        Type[] types = [.. assembly.GetExportedTypes().Where(type => type.Namespace == @namespace).OrderBy(type => type.Name, StringComparer.Ordinal)];
        StringBuilder page = new();
        Line(page, $"# {@namespace}", "", "Made from the documentation comments; do not edit. [All namespaces](README.md)", "", "| type | |", "|---|---|");
        foreach (Type type in types)
            Line(page, $"| [`{Signatures.Name(type)}`](#{ApiLinks.Anchor(type.Name)}) | {FirstSentence(comments.Text(type, "summary"))} |");
        foreach (Type type in types)
            AppendType(page, type);
        return page.ToString();
    }

    private void AppendType(StringBuilder page, Type type)
    {
        Line(page, "", $"<a id=\"{ApiLinks.Anchor(type.Name)}\"></a>", $"## {Signatures.Name(type).Replace("<", "\\<", StringComparison.Ordinal)}", "");
        IEnumerable<Type> bases = type.IsEnum || type.IsValueType ? [] : type.BaseType is { } above && above != typeof(object) && above.Namespace!.StartsWith("KanSharp", StringComparison.Ordinal) ? [above] : [];
        string derived = string.Concat(bases.Select(above => $" : {Signatures.Name(above)}"));
        Line(page, $"`{Signatures.Kind(type)} {Signatures.Name(type)}{derived}`", "");
        AppendText(page, type, "");
        foreach (MemberInfo member in Members(type))
        {
            string summary = Summary(type, member);
            if (summary.Length == 0)
                Undocumented.Add($"{type.FullName}.{member.Name}");
            Line(page, $"- `{(type.IsEnum ? member.Name : Signatures.Of(member))}` – {summary}");
            AppendDetails(page, member, "  ");
        }
    }

    private void AppendText(StringBuilder page, Type type, string indent)
    {
        string summary = comments.Text(type, "summary");
        if (summary.Length == 0)
            Undocumented.Add(type.FullName!);
        Line(page, summary, "");
        if (comments.Text(type, "remarks") is { Length: > 0 } remarks)
            Line(page, remarks, "");
        AppendNamed(page, type, "typeparam", indent);
        if (comments.Parts(type, "typeparam").Any())
            Line(page, "");
    }

    private void AppendDetails(StringBuilder page, MemberInfo member, string indent)
    {
        if (comments.Text(member, "remarks") is { Length: > 0 } remarks)
            Line(page, $"{indent}{remarks}");
        AppendNamed(page, member, "param", indent);
        if (comments.Text(member, "returns") is { Length: > 0 } returns)
            Line(page, $"{indent}- returns: {returns}");
        foreach (System.Xml.Linq.XElement thrown in comments.Parts(member, "exception"))
            Line(page, $"{indent}- throws {ApiLinks.To(thrown.Attribute("cref")!.Value)}: {DocComments.Render(thrown)}");
    }

    private void AppendNamed(StringBuilder page, MemberInfo member, string tag, string indent)
    {
        foreach (System.Xml.Linq.XElement part in comments.Parts(member, tag))
            Line(page, $"{indent}- `{part.Attribute("name")!.Value}`: {DocComments.Render(part)}");
    }

    /// <summary>The summary of a member; that of a property of a record's head is the text of the parameter.</summary>
    private string Summary(Type type, MemberInfo member)
    {
        string summary = comments.Text(member, "summary");
        if (summary.Length > 0)
            return summary;
        return member switch
        {
            PropertyInfo => comments.Text(type, "param", member.Name),
            ConstructorInfo constructor when Signatures.IsRecord(type) || constructor.GetParameters().Length == 0 => "Creates one.",
            _ => "",
        };
    }

    private static IEnumerable<MemberInfo> Members(Type type)
    {
        if (type.IsEnum)
            return type.GetFields(BindingFlags.Public | BindingFlags.Static);
        if (typeof(Delegate).IsAssignableFrom(type))
            return [];
        IEnumerable<MemberInfo> members = type.GetMembers(Declared).Where(member => member switch
        {
            MethodBase { IsSpecialName: true } method => method is ConstructorInfo ? IsShown(method) && !method.IsStatic && !(type.IsAbstract && method.GetParameters().Length == 0) : method.Name.StartsWith("op_", StringComparison.Ordinal) && IsShown(method),
            MethodBase method => IsShown(method) && !IsFromObject(method),
            PropertyInfo { Name: not "EqualityContract" } property => (property.GetMethod ?? property.SetMethod) is { } accessor && (accessor.IsPublic || accessor.IsFamily || accessor.IsFamilyOrAssembly),
            FieldInfo field => field.IsPublic,
            EventInfo => true,
            _ => false,
        });
        return members.OrderBy(Rank).ThenBy(member => member.Name, StringComparer.Ordinal).ThenBy(Signatures.Of, StringComparer.Ordinal);
    }

    private static bool IsShown(MethodBase method) =>
        (method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly) && !method.IsDefined(typeof(CompilerGeneratedAttribute)) && !method.Name.Contains('<', StringComparison.Ordinal);

    /// <summary>Equality, hash code, text and the loop over items are what everybody expects.</summary>
    private static bool IsFromObject(MethodBase method) => method.Name is "Equals" or "GetHashCode" or "ToString" or "GetEnumerator" && method.GetParameters().Length <= 1;

    private static int Rank(MemberInfo member) => member switch
    {
        ConstructorInfo => 0,
        FieldInfo => 1,
        PropertyInfo => 2,
        EventInfo => 3,
        _ => member.Name.StartsWith("op_", StringComparison.Ordinal) ? 5 : 4,
    };

    private static string FirstSentence(string text)
    {
        int end = text.IndexOf(". ", StringComparison.Ordinal);
        return end < 0 ? text : text[..(end + 1)];
    }

    private static void Line(StringBuilder page, params ReadOnlySpan<string> lines)
    {
        foreach (string line in lines)
            page.Append(line).Append('\n');
    }
}
