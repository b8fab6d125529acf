namespace System
{
    public sealed class String
    {
        public static readonly string Empty;

        public String(char[] value) => throw null;

        public String(char[] value, int startIndex, int length) => throw null;

        public String(char c, int count) => throw null;

        public int Length => throw null;

        [Runtime.CompilerServices.IndexerName("Chars")]
        public char this[int index] => throw null;

        public static bool operator ==(string a, string b) => throw null;

        public static bool operator !=(string a, string b) => throw null;

        public override bool Equals(object obj) => throw null;

        public override int GetHashCode() => throw null;

        public static bool Equals(string a, string b) => throw null;

        public static int Compare(string strA, string strB) => throw null;

        public static string Concat(string str0, string str1) => throw null;

        public static string Concat(string str0, string str1, string str2) => throw null;

        public static string Concat(string str0, string str1, string str2, string str3) => throw null;

        public static string Concat(params string[] values) => throw null;

        public int IndexOf(char value) => throw null;

        public string Substring(int startIndex) => throw null;

        public string Substring(int startIndex, int length) => throw null;

        public override string ToString() => throw null;
    }
}
